/**
 * A byte stream over a file descriptor, with a queue because the socket does not block.
 *
 * @module
 */
import type { Socket } from "bun";

export interface Transport {
  /** Never blocks: bytes that the kernel does not accept now are queued. Does nothing once closed. */
  write(bytes: Uint8Array): void;
  /** Like write, but waits until the next turn of the event loop, so that bytes written until then leave together. */
  writeSoon(bytes: Uint8Array): void;
  /** Reads nothing more until {@linkcode resume}. A chunk that was read already may still arrive. */
  pause(): void;
  resume(): void;
  /** Closes the stream: nothing more is received, and the queue is dropped. Idempotent. */
  close(): void;
}

export interface TransportEvents {
  bytes(chunk: Uint8Array): void;
  /** Called once, whichever side closed it. */
  closed(): void;
}

/**
 * Takes over a connected stream socket by its file descriptor.
 *
 * @param fd e.g. 3 in a plugin process, or `proc.stdio[3]` in the core
 */
export async function connectTransport(fd: number, events: TransportEvents): Promise<Transport> {
  let queue: Uint8Array[] = [];
  let closed = false;
  /** Whether the kernel accepts no more bytes. It calls `drain` when it does again. */
  let blocked = false;
  let scheduled: NodeJS.Immediate | undefined;
  const close = () => {
    if (closed) return;
    closed = true;
    queue = [];
    events.closed();
  };
  const flush = (socket: Socket) => {
    while (queue.length > 0 && !closed && !blocked) {
      const bytes = queue.length === 1 ? (queue[0] as Uint8Array) : Buffer.concat(queue);
      const written = socket.write(bytes);
      if (written < 0) return close();
      blocked = written < bytes.byteLength;
      queue = blocked ? [bytes.subarray(written)] : [];
    }
  };
  const options = {
    fd,
    socket: {
      data: (_: Socket, chunk: Uint8Array) => {
        if (!closed) events.bytes(chunk);
      },
      drain: (drained: Socket) => {
        blocked = false;
        flush(drained);
      },
      end: close,
      close,
      error: close,
    },
  };
  // bun-types lacks the option `fd`.
  const socket = await Bun.connect(options as unknown as Bun.TCPSocketConnectOptions<undefined>);
  return {
    write(bytes) {
      if (closed) return;
      queue.push(bytes);
      flush(socket);
    },
    writeSoon(bytes) {
      if (closed) return;
      queue.push(bytes);
      scheduled ??= setImmediate(() => {
        scheduled = undefined;
        flush(socket);
      });
    },
    pause() {
      socket.pause();
    },
    resume() {
      if (!closed) socket.resume();
    },
    close() {
      socket.terminate();
      close();
    },
  };
}
