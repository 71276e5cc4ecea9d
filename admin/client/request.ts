import type { ConfigProblem } from "../../schemas/generated/api.ts";

/** A call to the engine as a value: requests.ts makes it, EngineClient performs it. T is the type of the answer. */
export interface Request<T> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With its query, e.g. /control/slots/voices.slt/swap?dryRun=true. */
  readonly path: string;
  readonly body?: object;
  /** The version of the config that it is meant for. The engine refuses it if another version is active. */
  readonly version?: number;
  /** Whether it leaves the engine as it is: a GET, or a plan. */
  readonly harmless: boolean;
  /** Set if the engine loads slots before it answers, which may take minutes. */
  readonly loads?: true;
  /** Never set: it only carries the type of the answer. */
  readonly answer?: T;
}

/** The result of a request. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EngineError };

/** Why a request failed, in words for a person. */
export interface EngineError {
  /**
   * The engine's code, e.g. slot-not-found. The client adds three: `unreachable` (no engine answers), `unreadable` (the answer
   * is not one of an engine) and `read-only` (the client was told to change nothing).
   */
  readonly code: string;
  readonly message: string;
  /** One line for each mistake, e.g. in a config. */
  readonly details: readonly string[];
  /** The same mistakes with their positions. */
  readonly problems?: readonly ConfigProblem[];
}
