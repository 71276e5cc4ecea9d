import { describe, expect, test } from "bun:test";
import { chooseDevice } from "../../../../plugins/piper/devices.ts";

const NONE = { gpus: [], library: false };
const READY = { gpus: [0, 2], library: true };
const NO_LIBRARY = { gpus: [0], library: false };

describe("the device of a voice", () => {
  test("is the CPU, without a note, if there is no GPU", () => {
    expect(chooseDevice("auto", NONE)).toEqual({ device: "cpu", mayFallBack: false, notes: [] });
  });

  test("is the first GPU for auto and cuda if CUDA is complete, and only auto may fall back", () => {
    expect(chooseDevice("auto", READY)).toMatchObject({ device: "cuda:0", mayFallBack: true });
    expect(chooseDevice("cuda", READY)).toMatchObject({ device: "cuda:0", mayFallBack: false });
    expect(chooseDevice("cuda:2", READY)).toMatchObject({ device: "cuda:2", mayFallBack: false });
  });

  test("is the CPU, with a note on what to install, if the library is missing", () => {
    const { device, notes } = chooseDevice("auto", NO_LIBRARY);
    expect(device).toBe("cpu");
    expect(notes[0]).toContain("install");
  });

  test.each([
    ["cuda", NONE, "no NVIDIA GPU"],
    ["cuda:1", READY, "has cuda:0, cuda:2"],
    ["cuda", NO_LIBRARY, "CUDA library is not installed"],
    ["tpu", READY, "not auto, cpu, cuda or cuda:N"],
  ])("%s is refused if it is missing, with the devices that exist", (wanted, support, message) => {
    expect(() => chooseDevice(wanted, support)).toThrow(
      expect.objectContaining({ code: "device-unavailable", message: expect.stringContaining(message) }),
    );
  });
});
