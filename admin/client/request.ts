/** A call to the engine as a value: made by requests.ts, performed by EngineClient. T: what is answered. */
export interface Request<T> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With its query, e.g. /control/slots/voices.slt/swap?dryRun=true. */
  readonly path: string;
  readonly body?: object;
  /** The version of the config that it is meant for; with another one in force it is refused. */
  readonly version?: number;
  /** Whether the engine is as it was after it: a GET, or a plan. */
  readonly harmless: boolean;
  /** Whether the engine answers once slots were loaded for it, which may take as long as it takes. */
  readonly loads?: true;
  /** Never set: it only carries the type of the answer. */
  readonly answer?: T;
}

/** What became of a request. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EngineError };

/** Why a request came to nothing, in words for a person. */
export interface EngineError {
  /** The engine's code, e.g. slot-not-found; or `unreachable`, `read-only`, or `unreadable` for what it never says. */
  readonly code: string;
  readonly message: string;
  /** One line for each mistake, e.g. in a config. */
  readonly details: readonly string[];
}
