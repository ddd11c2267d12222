import { setFlagsFromString } from 'node:v8'

// How V8 compiles the kernels of this process. None of it changes a bit of what they compute (test/unit/linalg/wide-vectors).

// V8 would first wait and see which functions are worth optimizing: all of them are, from the first call.
setFlagsFromString('--no-wasm-dynamic-tiering')

// Two vectors next to each other become one where the processor has AVX2. V8 calls it experimental: it is asked for in the
// engine alone, where nothing but our own kernels is compiled. Those of the linear algebra are run with it and without; the lane
// is tested as it is compiled here (test/unit/table/lane).
setFlagsFromString('--experimental-wasm-revectorize')
