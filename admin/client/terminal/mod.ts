/**
 * What only a program in a terminal can do: it starts processes. `admin/client/mod.ts` runs in a browser and does not import
 * this.
 *
 * @module
 */
export { findPlayer, PLAYER_NAMES, Playback, type Player, type PlayerEnd, playerFailure } from "./player.ts";
