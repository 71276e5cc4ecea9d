/**
 * Numbers of the Linux system calls that the launcher makes or its filter refuses: [x86-64, aarch64], from the kernel's
 * asm/unistd_64.h and asm-generic/unistd.h. null: the architecture has no such call.
 *
 * @module
 */

type Numbers = Record<string, readonly [number, number | null]>;

/** Calls that no plugin may make, whatever its permissions. */
export const REFUSED = {
  // Accepting connections
  bind: [49, 200],
  listen: [50, 201],
  accept: [43, 202],
  accept4: [288, 242],
  // Ways around a filter, or deep into the kernel
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  // Other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  process_mrelease: [448, 448],
  pidfd_getfd: [438, 438],
  pidfd_send_signal: [424, 424],
  kcmp: [312, 272],
  migrate_pages: [256, 238],
  move_pages: [279, 239],
  ioprio_set: [251, 30],
  setpriority: [141, 140],
  sched_setscheduler: [144, 119],
  sched_setparam: [142, 118],
  sched_setattr: [314, 274],
  // Kernel keys
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // System V and POSIX IPC, which reach any process of the user
  shmget: [29, 194],
  shmat: [30, 196],
  shmctl: [31, 195],
  semget: [64, 190],
  semop: [65, 193],
  semtimedop: [220, 192],
  semctl: [66, 191],
  msgget: [68, 186],
  msgsnd: [69, 189],
  msgrcv: [70, 188],
  msgctl: [71, 187],
  mq_open: [240, 180],
  mq_unlink: [241, 181],
  // Modes, owners, attributes and times of files, which Landlock does not restrict. Some of these calls need only a
  // descriptor that is open for reading.
  chmod: [90, null],
  fchmod: [91, 52],
  fchmodat: [268, 53],
  fchmodat2: [452, 452],
  chown: [92, null],
  fchown: [93, 55],
  lchown: [94, null],
  fchownat: [260, 54],
  setxattr: [188, 5],
  lsetxattr: [189, 6],
  fsetxattr: [190, 7],
  removexattr: [197, 14],
  lremovexattr: [198, 15],
  fremovexattr: [199, 16],
  utime: [132, null],
  utimes: [235, null],
  futimesat: [261, null],
  utimensat: [280, 88],
  // Locks whole files that are open for reading. The locks of fcntl need a file that is open for writing.
  flock: [73, 32],
  // Mounts and file handles
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  unshare: [272, 97],
  setns: [308, 268],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  fanotify_init: [300, 262],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  swapon: [167, 224],
  swapoff: [168, 225],
  // The whole machine
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  reboot: [169, 142],
  acct: [163, 89],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  syslog: [103, 116],
  personality: [135, 92],
  vhangup: [153, 58],
  lookup_dcookie: [212, 18],
  iopl: [172, null],
  ioperm: [173, null],
  modify_ldt: [154, null],
} as const satisfies Numbers;

/** Calls that the launcher makes, and calls that the filter refuses only under a condition. */
const OTHERS = {
  // Calls of the launcher
  capget: [125, 90],
  capset: [126, 91],
  close_range: [436, 436],
  landlock_create_ruleset: [444, 444],
  landlock_add_rule: [445, 445],
  landlock_restrict_self: [446, 446],
  close: [3, 57],
  ppoll: [271, 73],
  prctl: [157, 167],
  // Files
  open: [2, null],
  openat: [257, 56],
  openat2: [437, 437],
  truncate: [76, 45],
  inotify_init: [253, null],
  inotify_init1: [294, 26],
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  // Processes
  clone: [56, 220],
  clone3: [435, 435],
  fork: [57, null],
  vfork: [58, null],
  pidfd_open: [434, 434],
  execveat: [322, 281],
  prlimit64: [302, 261],
  sched_setaffinity: [203, 122],
  setrlimit: [160, 164],
  setpgid: [109, 154],
  setsid: [112, 157],
  kill: [62, 129],
  tkill: [200, 130],
  tgkill: [234, 131],
  rt_sigqueueinfo: [129, 138],
  rt_tgsigqueueinfo: [297, 240],
  // Sockets
  socket: [41, 198],
  connect: [42, 203],
  sendto: [44, 206],
  sendmsg: [46, 211],
  sendmmsg: [307, 269],
  // The rest
  socketpair: [53, 199],
  fcntl: [72, 25],
  ioctl: [16, 29],
} as const satisfies Numbers;

export type SyscallName = keyof typeof REFUSED | keyof typeof OTHERS;

const SYSCALLS: Record<SyscallName, readonly [number, number | null]> = { ...REFUSED, ...OTHERS };

/** Architectures that have numbers here, by Bun's names. */
export type Architecture = "x64" | "arm64";

/** @returns the number of a call, or null if the architecture has no such call */
export function syscallNumber(name: SyscallName, arch: Architecture): number | null {
  return SYSCALLS[name][arch === "x64" ? 0 : 1];
}
