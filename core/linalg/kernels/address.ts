/** A byte address in the memory of the kernels: the byteOffset of an array that lives there. */
export type Address = number
