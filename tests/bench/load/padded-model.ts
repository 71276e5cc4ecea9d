/**
 * The shipped voice made heavier: a model of any size that speaks the same.
 *
 * @module
 */
import { join } from "node:path";
import { addModelVersion } from "../../support/releases.ts";
import { MODEL } from "./parties.ts";

/** What the shipped model takes as it is loaded, in bytes, as its manifest says. */
const OWN_MEMORY = 250_000_000;
const BLOCK_BYTES = 1 << 20;
const FLOAT = 1;

/**
 * Puts a version of the shipped model into a home that has `bytes` more weights. They are an output of the graph that
 * nobody asks for, so that onnxruntime reads and keeps them, and computes nothing with them.
 *
 * @param bytes a multiple of 1 MiB
 * @returns the model's folder
 */
export async function addPaddedModel(home: string, version: string, bytes: number): Promise<string> {
  const file = `${MODEL.name}.onnx`;
  const own = await Bun.file(join(MODEL.directory, file)).bytes();
  const { sha256 } = (await Bun.file(join(MODEL.directory, "model.json")).json()) as {
    sha256: Record<string, string>;
  };
  const parts = bytes === 0 ? [own] : [own, ...padding(bytes)];
  const hash = new Bun.CryptoHasher("sha256");
  for (const part of parts) hash.update(part);
  const directory = await addModelVersion(home, MODEL.name, version, {
    sha256: { ...sha256, [file]: hash.digest("hex") },
    memory: { bytes: OWN_MEMORY + bytes },
  });
  await Bun.write(join(directory, file), new Blob(parts));
  return directory;
}

/**
 * A second `graph` of a ModelProto: a reader of Protocol Buffers merges it into the first. Numbers are those of the
 * fields in onnx.proto3.
 */
function* padding(bytes: number): Generator<Uint8Array<ArrayBuffer>> {
  const count = bytes / 4;
  const name = field(8, Buffer.from("padding"));
  // TensorProto: dims, data_type, name, and raw_data, whose bytes follow.
  const tensor = Buffer.concat([number(1, count), number(2, FLOAT), name, head(9, bytes)]);
  // ValueInfoProto: name, and a type with tensor_type: elem_type, and a shape of one dim with a dim_value.
  const shape = field(2, field(1, number(1, count)));
  const type = field(1, Buffer.concat([number(1, FLOAT), shape]));
  const output = field(12, Buffer.concat([field(1, Buffer.from("padding")), field(2, type)]));
  const initializer = head(5, tensor.byteLength + bytes);
  const length = initializer.byteLength + tensor.byteLength + bytes + output.byteLength;
  yield Buffer.concat([head(7, length), output, initializer, tensor]);
  const block = new Uint8Array(BLOCK_BYTES).map((_, at) => (at * 31) % 251);
  for (let left = bytes; left > 0; left -= BLOCK_BYTES) yield block;
}

/** @returns tag and length of a field of bytes, which follow */
function head(id: number, length: number): Buffer<ArrayBuffer> {
  return Buffer.from([...varint((id << 3) | 2), ...varint(length)]);
}

function field(id: number, content: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.concat([head(id, content.byteLength), content]);
}

function number(id: number, value: number): Buffer<ArrayBuffer> {
  return Buffer.from([...varint(id << 3), ...varint(value)]);
}

/** @param value below 2^31 */
function* varint(value: number): Generator<number> {
  for (; value > 127; value >>>= 7) yield (value & 127) | 128;
  yield value;
}
