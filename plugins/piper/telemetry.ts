import { dlopen } from "bun:ffi";

/**
 * Turns onnxruntime's telemetry off, also where the engine has not done so: onnxruntime 1.30 on Linux writes an
 * identifier under the home folder and uploads events unless a variable is set. It reads it with getenv(3), which an
 * assignment to `process.env` does not reach. To be called before the library is loaded.
 */
export function disableOnnxTelemetry(): void {
  if (process.env.ORT_DISABLE_TELEMETRY) return;
  const library = process.platform === "darwin" ? "libSystem.B.dylib" : "libc.so.6";
  try {
    const libc = dlopen(library, { setenv: { args: ["cstring", "cstring", "int"], returns: "int" } });
    libc.symbols.setenv(Buffer.from("ORT_DISABLE_TELEMETRY\0"), Buffer.from("1\0"), 1);
    libc.close();
  } catch (cause) {
    console.warn(`Cannot turn onnxruntime's telemetry off as ${library} does not load: ${String(cause)}`);
  }
}
