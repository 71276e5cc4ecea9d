declare module "@echogarden/espeak-ng-emscripten" {
  /**
   * Loads the module and the data file beside it.
   *
   * @param options become the module itself. `preRun` is called before the files of its data are created
   */
  export default function createModule(options?: { preRun?: (() => void)[] }): Promise<unknown>;
}
