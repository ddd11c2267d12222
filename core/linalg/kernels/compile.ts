/** A module from its bytes as text (scripts/kernels.mjs). It can be sent to other threads. */
export function compileModule(base64: string): WebAssembly.Module {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return new WebAssembly.Module(bytes)
}
