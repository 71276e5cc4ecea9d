import type { InstanceMemory, InstanceView, MemoryView } from "../../../schemas/generated/api.ts";
import type { Devices } from "../../devices/mod.ts";
import type { Operation } from "../operation.ts";

/** A running instance, with its key in `devices`. */
export interface RunningInstance extends Pick<InstanceView, "pid" | "generation" | "state"> {
  key: string;
  slot: string;
  /** The device that the plugin reported. Used if `devices` does not know the instance. */
  device?: string;
}

export interface MemorySources {
  devices: Pick<Devices, "overview" | "usage">;
  instances(): readonly RunningInstance[];
}

/** GET /control/memory. */
export function memoryRoutes(sources: MemorySources): Operation[] {
  return [
    {
      method: "get",
      path: "/control/memory",
      tag: "control",
      scope: "read",
      summary: "The memory of the host and of each GPU: used, reserved, and by which instance.",
      responses: { 200: { description: "Devices and instances.", schema: "syrinx:api#/$defs/MemoryView" } },
      handle: async (context) => context.json(await memoryView(sources)),
    },
  ];
}

async function memoryView({ devices, instances }: MemorySources): Promise<MemoryView> {
  const overview = await devices.overview();
  const views = instances().map(async ({ key, slot, pid, generation, state, device = "cpu" }) => {
    const share = overview.instances.find((one) => one.key === key);
    const view: InstanceMemory = {
      slot,
      pid,
      generation,
      state,
      device: share?.device ?? device,
      ...(await devices.usage(pid)),
      reservedBytes: share?.reservedBytes ?? 0,
    };
    return view;
  });
  return { devices: overview.devices, instances: await Promise.all(views) };
}
