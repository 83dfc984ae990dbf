#pragma once
// What Oscine calls of MPI, found in the library when it is first needed: no header is needed to
// build the program and no library to start it. Types and symbols are those of Open MPI's binary
// interface (libmpi.so.40, Open MPI 3 to 5), where every handle is the address of an object.
#include <dlfcn.h>
#include <stddef.h>

// MPI_Status: three numbers and what the library keeps behind them, with room to spare.
typedef struct {
  int source, tag, error;
  int rest[29];
} oscine_mpi_status;

enum { oscine_mpi_any_source = -1, oscine_mpi_serialised = 2 };

typedef struct {
  int (*initialise)(int *count, char ***words, int wanted, int *provided);
  int (*finalise)(void);
  int (*rank)(void *comm, int *rank);
  int (*size)(void *comm, int *size);
  int (*send)(const void *data, int count, void *type, int to, int tag, void *comm);
  int (*receive)(
      void *data, int count, void *type, int from, int tag, void *comm, oscine_mpi_status *status);
  int (*probe)(int from, int tag, void *comm, int *found, oscine_mpi_status *status);
  int (*count)(const oscine_mpi_status *status, void *type, int *count);
  int (*reduce)(
      const void *sent, void *received, int count, void *type, void *operation, void *comm);
  int (*broadcast)(void *data, int count, void *type, int root, void *comm);
  int (*barrier)(void *comm);
  void *world, *byte, *real, *sum, *maximum, *in_place;
} oscine_mpi;

// Fills the table; null where all is found, else what is missing. `path` may be null.
static inline const char *oscine_mpi_load(oscine_mpi *mpi, const char *path) {
#ifdef __APPLE__
  const char *names[] = {path, "libmpi.40.dylib", "libmpi.dylib"};
#else
  const char *names[] = {path, "libmpi.so.40", "libmpi.so"};
#endif
  const int first = path ? 0 : 1, last = path ? 1 : 3;
  void *library = NULL;
  // its plugins look for its symbols among the program's own
  for (int k = first; k < last && !library; k++) {
    library = dlopen(names[k], RTLD_NOW | RTLD_GLOBAL);
  }
  if (!library) return first == 0 ? dlerror() : "there is no libmpi.so.40";
  const struct {
    void **place;
    const char *symbol;
  } wanted[] = {
      {(void **)&mpi->initialise, "MPI_Init_thread"},
      {(void **)&mpi->finalise, "MPI_Finalize"},
      {(void **)&mpi->rank, "MPI_Comm_rank"},
      {(void **)&mpi->size, "MPI_Comm_size"},
      {(void **)&mpi->send, "MPI_Send"},
      {(void **)&mpi->receive, "MPI_Recv"},
      {(void **)&mpi->probe, "MPI_Iprobe"},
      {(void **)&mpi->count, "MPI_Get_count"},
      {(void **)&mpi->reduce, "MPI_Allreduce"},
      {(void **)&mpi->broadcast, "MPI_Bcast"},
      {(void **)&mpi->barrier, "MPI_Barrier"},
      {&mpi->world, "ompi_mpi_comm_world"},
      {&mpi->byte, "ompi_mpi_byte"},
      {&mpi->real, "ompi_mpi_double"},
      {&mpi->sum, "ompi_mpi_op_sum"},
      {&mpi->maximum, "ompi_mpi_op_max"},
  };
  for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++) {
    *wanted[k].place = dlsym(library, wanted[k].symbol);
    if (!*wanted[k].place) return wanted[k].symbol;
  }
  mpi->in_place = (void *)1;
  return NULL;
}
