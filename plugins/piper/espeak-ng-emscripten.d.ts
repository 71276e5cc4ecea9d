declare module "@echogarden/espeak-ng-emscripten" {
  /** Loads the WebAssembly module and the data file beside it. */
  export default function createModule(): Promise<unknown>;
}
