import { describe, expect, test } from "bun:test";
import { rename, rm, symlink, utimes } from "node:fs/promises";
import { checkModelFiles } from "../../../../core/releases/model-files.ts";
import { temporaryFolder } from "./folder.ts";
import { modelRelease } from "./releases.ts";

const HASH = new Bun.CryptoHasher("sha256").update("weights").digest("hex");

async function model() {
  const folder = await temporaryFolder({ "tiny.onnx": "weights", "voices.bin": "no hash for this one" });
  const manifest = { files: { model: "tiny.onnx", voices: "voices.bin" }, sha256: { "tiny.onnx": HASH } };
  return { folder, release: modelRelease(manifest, folder.path) };
}

describe("a model's files", () => {
  test("are right if each is there and has the hash that the manifest gives, if it gives one", async () => {
    const { folder, release } = await model();
    await using _ = folder;
    await checkModelFiles(release);
    await checkModelFiles(release);
  });

  test("that were changed after they were checked are checked again", async () => {
    const { folder, release } = await model();
    await using _ = folder;
    await checkModelFiles(release);
    const path = await folder.write("tiny.onnx", "other weights");
    const other = new Bun.CryptoHasher("sha256").update("other weights").digest("hex");
    await expect(checkModelFiles(release)).rejects.toMatchObject({
      code: "model-corrupt",
      message: `Cannot load model tiny@1.0.0 because ${path} has SHA-256 ${other}, and model.json says ${HASH}. Install the model again`,
    });
  });

  test("that were changed and have their old size and time are checked again", async () => {
    const { folder, release } = await model();
    await using _ = folder;
    const path = `${folder.path}/tiny.onnx`;
    const time = new Date("2026-01-01T00:00:00Z");
    await utimes(path, time, time);
    await checkModelFiles(release);
    await folder.write("tiny.onnx", "WEIGHTS");
    await utimes(path, time, time);
    await expect(checkModelFiles(release)).rejects.toMatchObject({ code: "model-corrupt" });
  });

  test("may be links in the model's folder, and none that lead out of it", async () => {
    const { folder, release } = await model();
    await using _ = folder;
    const weights = `${folder.path}/tiny.onnx`;
    await rename(weights, `${folder.path}/real`);
    await symlink("real", weights);
    await checkModelFiles(release);
    await using other = await temporaryFolder({ secret: "weights" });
    await rm(weights);
    await symlink(`${other.path}/secret`, weights);
    await expect(checkModelFiles(release)).rejects.toMatchObject({
      code: "model-corrupt",
      message: `Cannot load model tiny@1.0.0 because ${weights} leads to ${other.path}/secret, outside the model's folder. Copy the file into the folder`,
    });
  });

  test("that are no files are refused, and not waited for", async () => {
    const { folder, release } = await model();
    await using _ = folder;
    await rm(`${folder.path}/tiny.onnx`);
    expect(Bun.spawnSync(["mkfifo", `${folder.path}/tiny.onnx`]).exitCode).toBe(0);
    await expect(checkModelFiles(release)).rejects.toThrow("tiny.onnx is not a file");
  });

  test("are all needed, those without a hash too", async () => {
    const { folder, release } = await model();
    await using _ = folder;
    await rm(`${folder.path}/voices.bin`);
    await expect(checkModelFiles(release)).rejects.toMatchObject({
      code: "model-corrupt",
      message: `Cannot load model tiny@1.0.0 because ${folder.path}/voices.bin cannot be read. Install the model again`,
    });
  });
});
