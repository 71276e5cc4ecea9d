import { dlopen } from "bun:ffi";

/**
 * Turns off onnxruntime's telemetry, even if the engine has not done so. Without a variable, onnxruntime 1.30 on Linux
 * writes an identifier into the home folder and uploads events. It reads the variable with getenv(3), which does not
 * see an assignment to `process.env`. Call this before the library is loaded.
 */
export function disableOnnxTelemetry(): void {
  if (process.env.ORT_DISABLE_TELEMETRY) return;
  const library = process.platform === "darwin" ? "libSystem.B.dylib" : "libc.so.6";
  try {
    const libc = dlopen(library, { setenv: { args: ["cstring", "cstring", "int"], returns: "int" } });
    libc.symbols.setenv(Buffer.from("ORT_DISABLE_TELEMETRY\0"), Buffer.from("1\0"), 1);
    libc.close();
  } catch (cause) {
    console.warn(
      `Cannot turn off onnxruntime's telemetry because ${library} does not load: ${String(cause)}`,
    );
  }
}
