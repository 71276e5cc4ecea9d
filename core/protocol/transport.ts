/**
 * A byte stream over a file descriptor, with the queue that a non-blocking socket needs.
 *
 * @module
 */
import type { Socket } from "bun";

export interface Transport {
  /** Never blocks; what the kernel does not take now is queued. Ignored once closed. */
  write(bytes: Uint8Array): void;
  /** Idempotent. Nothing is received after it; what is queued is dropped. */
  close(): void;
}

export interface TransportEvents {
  bytes(chunk: Uint8Array): void;
  /** Called once, whoever closed it. */
  closed(): void;
}

/**
 * Takes over a connected stream socket by its file descriptor.
 *
 * @param fd e.g. 3 in a plugin process, or `proc.stdio[3]` in the core
 */
export async function connectTransport(fd: number, events: TransportEvents): Promise<Transport> {
  const queue: Uint8Array[] = [];
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    queue.length = 0;
    events.closed();
  };
  const flush = (socket: Socket) => {
    for (let head = queue[0]; head && !closed; head = queue[0]) {
      const written = socket.write(head);
      if (written < 0) return close();
      if (written < head.byteLength) {
        queue[0] = head.subarray(written);
        return;
      }
      queue.shift();
    }
  };
  const options = {
    fd,
    socket: {
      data: (_: Socket, chunk: Uint8Array) => {
        if (!closed) events.bytes(chunk);
      },
      drain: flush,
      end: close,
      close,
      error: close,
    },
  };
  // bun-types do not know the option `fd`.
  const socket = await Bun.connect(options as unknown as Bun.TCPSocketConnectOptions<undefined>);
  return {
    write(bytes) {
      if (closed) return;
      queue.push(bytes);
      if (queue.length === 1) flush(socket);
    },
    close() {
      socket.terminate();
      close();
    },
  };
}
