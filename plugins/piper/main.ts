/**
 * Speaks with Piper voices: VITS models in ONNX, with espeak-ng's phonemes.
 *
 * @module
 */
import { voice } from "syrinx/sdk";
import { loadPiperVoice } from "./piper-voice.ts";
import type { Settings } from "./settings.generated.ts";

export default voice<Settings>({ load: loadPiperVoice });
