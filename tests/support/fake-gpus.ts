/**
 * An `nvidia-smi` for machines without a GPU: prints what the real one does, of GPUs that a test makes up and changes.
 *
 * @module
 */
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { NVML_LIBRARY } from "../../core/devices/nvml.ts";

/** Sizes are in MiB, as nvidia-smi tells them. */
export interface FakeGpu {
  /** Default: NVIDIA L4. */
  name?: string;
  totalMiB: number;
  /** Kept by the driver for itself. */
  reservedMiB?: number;
  /** Used by programs that are not listed. */
  otherMiB?: number;
  /** Listed programs; what they use is added to what the GPU has in use. */
  processes?: readonly FakeGpuProcess[];
  /** The GPU is in MIG mode, and these are its MIG devices. */
  mig?: readonly FakeMigDevice[];
  /** The driver does not tell the GPU's memory, as on machines where it is the host's. */
  hidesMemory?: boolean;
}

export interface FakeGpuProcess {
  pid: number;
  mib: number;
  name?: string;
  /** C: computes, G: draws, M+C: computes through MPS. */
  type?: "C" | "G" | "C+G" | "M+C";
  /** The driver does not count its memory. */
  hidesMemory?: boolean;
  /** Of the MIG device. */
  gpuInstance?: number;
}

export interface FakeMigDevice {
  gpuInstance: number;
  computeInstance?: number;
  totalMiB: number;
  otherMiB?: number;
  /** Drivers before 550 or so print none. */
  uuid?: string;
}

export type FakeMode = "answers" | "fails" | "hangs";

const PROGRAM = `#!/bin/sh
here="\${0%/*}"
echo "$*" >> "$here/calls"
read -r mode < "$here/mode"
case "$mode" in
hangs) exec sleep 600 ;;
fails)
  echo "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running."
  exit 9 ;;
esac
exec cat "$here/log.xml"
`;

export class FakeGpus implements AsyncDisposable {
  private constructor(
    /** Where the program is. */
    readonly folder: string,
  ) {}

  static async create(gpus: readonly FakeGpu[] = []): Promise<FakeGpus> {
    const fake = new FakeGpus(await mkdtemp(join(tmpdir(), "syrinx-gpus-")));
    const program = join(fake.folder, "nvidia-smi");
    await writeFile(program, PROGRAM);
    await chmod(program, 0o755);
    await writeFile(join(fake.folder, NVML_LIBRARY), "");
    await fake.mode("answers");
    await fake.set(gpus);
    return fake;
  }

  /** For an engine of which these are the GPUs: without NVML, of which the dynamic linker finds an empty file. */
  get env(): { PATH: string; LD_LIBRARY_PATH: string } {
    return { PATH: this.path, LD_LIBRARY_PATH: this.folder };
  }

  /** A PATH on which it is found first. */
  get path(): string {
    return [this.folder, process.env.PATH ?? ""].join(delimiter);
  }

  /** What it tells from now on; a reader sees all of it or nothing. */
  async set(gpus: readonly FakeGpu[]): Promise<void> {
    await this.#write("log.xml", nvidiaLog(gpus));
  }

  /** Text that it prints in place of a log. */
  async print(text: string): Promise<void> {
    await this.#write("log.xml", text);
  }

  async mode(mode: FakeMode): Promise<void> {
    await this.#write("mode", `${mode}\n`);
  }

  /** @returns the arguments of every call so far */
  async calls(): Promise<string[]> {
    const text = await readFile(join(this.folder, "calls"), "utf8").catch(() => "");
    return text.split("\n").filter((line) => line !== "");
  }

  /** Puts it on this process' own PATH, until what is returned is disposed of. */
  onPath(): Disposable {
    return withPath(this.path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #write(name: string, text: string): Promise<void> {
    const file = join(this.folder, name);
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }
}

/** Sets this process' PATH, until what is returned is disposed of. */
export function withPath(path: string): Disposable {
  const before = process.env.PATH;
  process.env.PATH = path;
  return {
    [Symbol.dispose]() {
      process.env.PATH = before;
    },
  };
}

/** @returns the XML of `nvidia-smi -q -x`, of the shape of driver 550, with the parts of it that come before, between and after what is read */
function nvidiaLog(gpus: readonly FakeGpu[]): string {
  return `<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
<nvidia_smi_log>
	<timestamp>Thu Jan  1 00:00:00 2026</timestamp>
	<driver_version>550.54.15</driver_version>
	<cuda_version>12.4</cuda_version>
	<attached_gpus>${gpus.length}</attached_gpus>
${gpus.map(gpuXml).join("\n")}
</nvidia_smi_log>
`;
}

function gpuXml(gpu: FakeGpu, index: number): string {
  const { name = "NVIDIA L4", totalMiB, reservedMiB = 0, otherMiB = 0, processes = [], mig } = gpu;
  const number = (index + 1).toString(16).padStart(2, "0");
  const mode = mig ? "Enabled" : "Disabled";
  const used = otherMiB + sumOf(processes);
  return `	<gpu id="00000000:${number}:00.0">
		<product_name>${name}</product_name>
		<product_brand>NVIDIA</product_brand>
		<product_architecture>Ada Lovelace</product_architecture>
		<display_mode>Disabled</display_mode>
		<display_active>Disabled</display_active>
		<persistence_mode>Enabled</persistence_mode>
		<addressing_mode>None</addressing_mode>
		<mig_mode>
			<current_mig>${mode}</current_mig>
			<pending_mig>${mode}</pending_mig>
		</mig_mode>
		<mig_devices>
${mig?.map((device, place) => migXml(device, place, processes)).join("\n") ?? "			None"}
		</mig_devices>
		<accounting_mode>Disabled</accounting_mode>
		<serial>13204220${number}</serial>
		<uuid>GPU-00000000-0000-4000-8000-0000000000${number}</uuid>
		<minor_number>${index}</minor_number>
		<pci>
			<pci_bus>${number.toUpperCase()}</pci_bus>
			<pci_bus_id>00000000:${number.toUpperCase()}:00.0</pci_bus_id>
		</pci>
		<fan_speed>N/A</fan_speed>
		<performance_state>P0</performance_state>
		<fb_memory_usage>
${gpu.hidesMemory ? hiddenXml() : memoryXml(totalMiB, reservedMiB, used)}
		</fb_memory_usage>
		<bar1_memory_usage>
			<total>32768 MiB</total>
			<used>1 MiB</used>
			<free>32767 MiB</free>
		</bar1_memory_usage>
		<cc_protected_memory_usage>
			<total>0 MiB</total>
			<used>0 MiB</used>
			<free>0 MiB</free>
		</cc_protected_memory_usage>
		<compute_mode>Default</compute_mode>
		<utilization>
			<gpu_util>0 %</gpu_util>
			<memory_util>0 %</memory_util>
		</utilization>
		<temperature>
			<gpu_temp>38 C</gpu_temp>
		</temperature>
		<supported_clocks>
			<supported_mem_clock>
				<value>6251 MHz</value>
				<supported_graphics_clock>2040 MHz</supported_graphics_clock>
				<supported_graphics_clock>2025 MHz</supported_graphics_clock>
			</supported_mem_clock>
		</supported_clocks>
		<processes>
${processes.map(processXml).join("\n")}
		</processes>
		<accounted_processes>
		</accounted_processes>
	</gpu>`;
}

function migXml(device: FakeMigDevice, place: number, processes: readonly FakeGpuProcess[]): string {
  const { gpuInstance, computeInstance = 0, totalMiB, otherMiB = 0, uuid } = device;
  const used = otherMiB + sumOf(processes.filter((process) => process.gpuInstance === gpuInstance));
  return `			<mig_device>
				<index>${place}</index>
				<gpu_instance_id>${gpuInstance}</gpu_instance_id>
				<compute_instance_id>${computeInstance}</compute_instance_id>${uuid ? `\n				<uuid>${uuid}</uuid>` : ""}
				<device_attributes>
					<shared>
						<multiprocessor_count>14</multiprocessor_count>
						<copy_engine_count>1</copy_engine_count>
					</shared>
				</device_attributes>
				<ecc_error_count>
					<volatile_count>
						<sram_uncorrectable>0</sram_uncorrectable>
					</volatile_count>
				</ecc_error_count>
				<fb_memory_usage>
${memoryXml(totalMiB, 0, used)}
				</fb_memory_usage>
				<bar1_memory_usage>
					<total>16383 MiB</total>
					<used>0 MiB</used>
					<free>16383 MiB</free>
				</bar1_memory_usage>
			</mig_device>`;
}

function memoryXml(total: number, reserved: number, used: number): string {
  return `			<total>${total} MiB</total>
			<reserved>${reserved} MiB</reserved>
			<used>${used} MiB</used>
			<free>${total - reserved - used} MiB</free>`;
}

function hiddenXml(): string {
  return ["total", "reserved", "used", "free"].map((part) => `			<${part}>N/A</${part}>`).join("\n");
}

function processXml(process: FakeGpuProcess): string {
  const { pid, mib, name = "python3", type = "C", gpuInstance, hidesMemory } = process;
  return `			<process_info>
				<gpu_instance_id>${gpuInstance ?? "N/A"}</gpu_instance_id>
				<compute_instance_id>${gpuInstance === undefined ? "N/A" : 0}</compute_instance_id>
				<pid>${pid}</pid>
				<type>${type}</type>
				<process_name>${name}</process_name>
				<used_memory>${hidesMemory ? "N/A" : `${mib} MiB`}</used_memory>
			</process_info>`;
}

function sumOf(processes: readonly FakeGpuProcess[]): number {
  return processes.reduce((sum, { mib }) => sum + mib, 0);
}
