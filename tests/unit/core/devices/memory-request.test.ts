import { describe, expect, test } from "bun:test";
import {
  CUDA_CONTEXT_BYTES,
  estimate,
  PROCESS_BYTES,
  RUNTIME_BYTES,
  WEIGHTS_FACTOR,
} from "../../../../core/devices/memory-request.ts";

const MB = 1e6;

describe("the estimate of what an instance needs", () => {
  test("is the measurement of its releases, or else what the model declares, or else follows from the weights", () => {
    const weights = { weightsBytes: 100 * MB };
    expect(estimate("host", weights)).toEqual([
      { device: "host", bytes: RUNTIME_BYTES + WEIGHTS_FACTOR * 100 * MB },
    ]);
    const declared = { ...weights, declaredBytes: 250 * MB };
    expect(estimate("host", declared)).toEqual([{ device: "host", bytes: 250 * MB }]);
    expect(estimate("host", { ...declared, measured: { hostBytes: 101 * MB } })).toEqual([
      { device: "host", bytes: 101 * MB },
    ]);
  });

  test("is that of an empty process for a plugin without a model", () => {
    expect(estimate("host", { weightsBytes: 0 })).toEqual([{ device: "host", bytes: PROCESS_BYTES }]);
  });

  test("on a GPU covers both memories, and a CUDA context beside the model", () => {
    expect(estimate("cuda:0", { weightsBytes: 100 * MB, declaredBytes: 250 * MB })).toEqual([
      { device: "cuda:0", bytes: CUDA_CONTEXT_BYTES + 250 * MB },
      { device: "host", bytes: RUNTIME_BYTES + 100 * MB },
    ]);
    expect(estimate("cuda:1", { weightsBytes: 100 * MB })[0]).toEqual({
      device: "cuda:1",
      bytes: CUDA_CONTEXT_BYTES + WEIGHTS_FACTOR * 100 * MB,
    });
  });

  test("on a GPU uses the measurement of each memory, where there is one", () => {
    const of = { weightsBytes: 100 * MB, declaredBytes: 250 * MB };
    expect(estimate("cuda:0", { ...of, measured: { hostBytes: 400 * MB, gpuBytes: 777 * MB } })).toEqual([
      { device: "cuda:0", bytes: 777 * MB },
      { device: "host", bytes: 400 * MB },
    ]);
    expect(estimate("cuda:0", { ...of, measured: { hostBytes: 400 * MB } })).toEqual([
      { device: "cuda:0", bytes: CUDA_CONTEXT_BYTES + 250 * MB },
      { device: "host", bytes: 400 * MB },
    ]);
  });
});
