#pragma once
#include <cvodes/cvodes.h>
#include <idas/idas.h>
#include <kinsol/kinsol.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_spgmr.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>
#include <sunnonlinsol/sunnonlinsol_newton.h>
#include <suitesparse/klu.h>
#include <dlfcn.h>

// SUNDIALS' vector over several processes, around a vector of each. Its library needs MPI's, and is
// loaded where that is in use; null where it is not there. In Open MPI a communicator is an address.
static inline N_Vector oscine_vector_over_ranks(
    void *communicator, N_Vector local, SUNContext context) {
#ifdef __APPLE__
  const char *names[] = {"libsundials_nvecmpiplusx.6.dylib", "libsundials_nvecmpiplusx.dylib"};
#else
  const char *names[] = {"libsundials_nvecmpiplusx.so.6", "libsundials_nvecmpiplusx.so"};
#endif
  for (int k = 0; k < 2; k++) {
    void *library = dlopen(names[k], RTLD_NOW);
    if (!library) continue;
    N_Vector (*make)(void *, N_Vector, SUNContext) =
        (N_Vector(*)(void *, N_Vector, SUNContext))dlsym(library, "N_VMake_MPIPlusX");
    return make ? make(communicator, local, context) : NULL;
  }
  return NULL;
}

// The vector of this process in one that spans several.
static inline N_Vector oscine_local_vector(N_Vector vector) {
  // the head of N_VectorContent_MPIManyVector
  struct head {
    void *communicator;
    sunindextype count, length;
    N_Vector *vectors;
  };
  return ((struct head *)vector->content)->vectors[0];
}
