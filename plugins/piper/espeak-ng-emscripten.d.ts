declare module "@echogarden/espeak-ng-emscripten" {
  /** Loads the WebAssembly module and its data file, which lie beside each other. */
  export default function createModule(): Promise<unknown>;
}
