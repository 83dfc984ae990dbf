#pragma once
#include <dlfcn.h>
#include <netcdf.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/// Lets HDF5, on the calling thread, report errors through status codes alone.
///
/// A thread-safe HDF5 keeps for each thread whether it prints its errors on standard error, and
/// netCDF turns that off only on the thread that uses it first. The function is looked up in what
/// the process has loaded, as distributions call HDF5's library, which netCDF brings, by several
/// names; nothing happens where netCDF is built without it. (H5Eset_auto2 and the default stack, 0,
/// of H5Epublic.h; hid_t is 64 bits wide since HDF5 1.10.)
static inline void oscine_silence_hdf5(void) {
  typedef int (*set_auto)(int64_t stack, void *function, void *data);
  void *process = dlopen(NULL, RTLD_LAZY);
  if (process == NULL) return;
  set_auto set = (set_auto)dlsym(process, "H5Eset_auto2");
  if (set != NULL) set(0, NULL, NULL);
  dlclose(process);
}

/// Keeps HDF5 from locking files, unless the environment says otherwise; before its first use.
///
/// Files are written under a name of their own and renamed when whole, so that nobody waits for a
/// lock. A process started meanwhile inherits the lock with the open file and keeps it until it
/// runs another program; and some network file systems know no locks at all.
static inline void oscine_unlock_hdf5(void) { setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0); }
