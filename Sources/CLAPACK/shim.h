#pragma once
// Complex arguments as plain structs of two doubles: Swift cannot import C99 complex types.
typedef struct { float real, imag; } oscine_complex_float;
typedef struct { double real, imag; } oscine_complex_double;
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float oscine_complex_float
#define lapack_complex_double oscine_complex_double
#define OPENBLAS_COMPLEX_STRUCT
#define FORCE_OPENBLAS_COMPLEX_STRUCT
#include <cblas.h>
#include <lapacke.h>

// Whether this build targets a processor with fused multiply-add. Without it Swift's `addProduct`
// is one library call a lane, so the kernels of Numerics choose at compile time.
static inline int oscine_has_fma(void) {
#if defined(__FMA__) || defined(__aarch64__)
  return 1;
#else
  return 0;
#endif
}
