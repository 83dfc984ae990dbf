#pragma once
#include <popt.h>

// popt gives the row of its option table and a pointer to it the same name, which Swift cannot
// tell apart.
typedef struct poptOption CPoptRow;
