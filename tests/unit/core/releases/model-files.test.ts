import { describe, expect, test } from "bun:test";
import { rm } from "node:fs/promises";
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
