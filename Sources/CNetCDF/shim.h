#pragma once
#include <dlfcn.h>
#include <netcdf.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// netCDF brings some forty libraries, and a third of the program's start would go into loading
// them; so they are loaded where a file is written or read. The header is that of the build; the
// library's is tried by its names, the unversioned one that stands beside the header first.

// What Oscine calls of it.
#define OSCINE_NETCDF_FUNCTIONS(use) \
  use(abort) use(close) use(create) use(def_dim) use(def_var) use(def_var_chunking) \
  use(def_var_deflate) use(def_var_fill) use(free_string) use(get_att_double) \
  use(get_att_longlong) use(get_att_string) use(get_att_text) use(get_var_double) \
  use(get_var_float) use(get_var_longlong) use(get_var_string) use(get_var_uchar) \
  use(get_vara_double) use(inq) use(inq_att) use(inq_attname) use(inq_dim) use(inq_var) \
  use(open) use(put_att_double) use(put_att_longlong) use(put_att_string) use(put_att_text) \
  use(put_var1_longlong) use(put_vara_double) use(put_vara_float) use(put_vara_longlong) \
  use(put_vara_schar) use(put_vara_string) use(put_vara_uchar) use(set_fill) \
  use(set_var_chunk_cache) use(strerror)

typedef struct {
  void *library;
#define OSCINE_NETCDF_FIELD(name) __typeof__(&nc_##name) name;
  OSCINE_NETCDF_FUNCTIONS(OSCINE_NETCDF_FIELD)
#undef OSCINE_NETCDF_FIELD
} oscine_netcdf;

// Fills the table; null where all is found, else what is missing.
static inline const char *oscine_netcdf_load(oscine_netcdf *table) {
#ifdef __APPLE__
  // linked there, because libraries are where the loader does not look by itself
  const char *names[] = {NULL};
#else
  const char *names[] = {"libnetcdf.so", "libnetcdf.so.19", "libnetcdf.so.22", "libnetcdf.so.18"};
#endif
  table->library = NULL;
  for (size_t k = 0; k < sizeof names / sizeof names[0] && !table->library; k++) {
    table->library = dlopen(names[k], RTLD_LAZY);
  }
  if (!table->library) return "there is no libnetcdf";
#define OSCINE_NETCDF_FIND(function) \
  table->function = (__typeof__(&nc_##function))dlsym(table->library, "nc_" #function); \
  if (!table->function) return "libnetcdf has no nc_" #function;
  OSCINE_NETCDF_FUNCTIONS(OSCINE_NETCDF_FIND)
#undef OSCINE_NETCDF_FIND
  return NULL;
}

/// Lets HDF5, on the calling thread, report errors through status codes alone.
///
/// A thread-safe HDF5 keeps for each thread whether it prints its errors on standard error, and
/// netCDF turns that off only on the thread that uses it first. The function is looked up in what
/// netCDF brings, as distributions call HDF5's library by several names; nothing happens where
/// netCDF is built without it. (H5Eset_auto2 and the default stack, 0, of H5Epublic.h; hid_t is 64
/// bits wide since HDF5 1.10.)
static inline void oscine_silence_hdf5(const oscine_netcdf *table) {
  typedef int (*set_auto)(int64_t stack, void *function, void *data);
  set_auto set = (set_auto)dlsym(table->library, "H5Eset_auto2");
  if (set != NULL) set(0, NULL, NULL);
}

/// Keeps HDF5 from locking files, unless the environment says otherwise; before its first use.
///
/// Files are written under a name of their own and renamed when whole, so that nobody waits for a
/// lock. A process started meanwhile inherits the lock with the open file and keeps it until it
/// runs another program; and some network file systems know no locks at all.
static inline void oscine_unlock_hdf5(void) { setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0); }
