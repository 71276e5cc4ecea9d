/*
 * A libnvidia-ml.so.1 for machines without a GPU. It has the functions of NVIDIA's nvml.h that the engine calls, with structs
 * of its own that are laid out as the header says. At each call it reads the file `gpus` in its own folder, so that a test can
 * change the GPUs. fake-nvml.ts writes that file. Before it hangs it makes a file `hangs` there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct { unsigned int pid; unsigned long long usedGpuMemory; unsigned int gpuInstanceId, computeInstanceId; } process_t;

/* A handle is a pointer to nothing: 1000 for the first GPU, 2000 for the second, and 1 + I more for its MIG device I. */
typedef char *device_t;
#define GPU_OF(handle) ((int)((long)(handle) / 1000) - 1)
#define MIG_OF(handle) ((int)((long)(handle) % 1000) - 1)

#define NOT_SUPPORTED 3
#define NOT_FOUND 6
#define INSUFFICIENT_SIZE 7

/* What the file says of one line; which parts are used depends on the kind. */
typedef struct { char kind[16]; int gpu, index, instance, mig; unsigned long long a, b; char word[96], text[96]; } line_t;

static FILE *open_beside(const char *name, const char *mode) {
  Dl_info own;
  char path[PATH_MAX];
  if (!dladdr((void *)open_beside, &own)) abort();
  int folder = (int)(strrchr(own.dli_fname, '/') + 1 - own.dli_fname);
  snprintf(path, sizeof path, "%.*s%s", folder, own.dli_fname, name);
  FILE *file = fopen(path, mode);
  if (!file) abort();
  return file;
}

/* Calls `use` for each line until it returns 0 or more; that is the result. -1: none did. */
static int each(int (*use)(const line_t *, void *), void *with) {
  FILE *file = open_beside("gpus", "r");
  char text[512];
  int result = -1;
  while (result < 0 && fgets(text, sizeof text, file)) {
    line_t line = {0};
    sscanf(text, "%15s %d %d %d %d %llu %llu %95s %95[^\n]", line.kind, &line.gpu, &line.index, &line.instance, &line.mig,
           &line.a, &line.b, line.word, line.text);
    result = use(&line, with);
  }
  fclose(file);
  return result;
}

/* `fail 0 CODE`, `hang` and `crash`, each with the name of a function as the word. */
static int fault_of(const line_t *line, void *function) {
  if (strcmp(line->word, function) != 0) return -1;
  if (strcmp(line->kind, "hang") == 0) {
    fclose(open_beside("hangs", "w"));
    for (;;) pause();
  }
  if (strcmp(line->kind, "crash") == 0) abort();
  return strcmp(line->kind, "fail") == 0 ? line->index : -1;
}

#define MAY_FAIL() do { int code = each(fault_of, (void *)__func__); if (code > 0) return code; } while (0)

typedef struct { const char *kind; int gpu, index; line_t found; int count; } search_t;

static int matches(const line_t *line, void *with) {
  search_t *search = with;
  if (strcmp(line->kind, search->kind) != 0) return -1;
  if (search->gpu >= 0 && line->gpu != search->gpu) return -1;
  search->count++;
  if (search->index >= 0 && line->index != search->index) return -1;
  search->found = *line;
  return search->index >= 0 ? 0 : -1;
}

/* The line of a GPU, or of a MIG device. */
static int find(device_t device, line_t *line) {
  int mig = MIG_OF(device);
  search_t search = {mig < 0 ? "gpu" : "mig", GPU_OF(device), mig < 0 ? 0 : mig, {{0}}, 0};
  if (each(matches, &search) < 0) return NOT_FOUND;
  *line = search.found;
  return 0;
}

int nvmlInit_v2(void) { MAY_FAIL(); return 0; }

const char *nvmlErrorString(int code) { return code == 13 ? "Function Not Found" : code == 15 ? "GPU is lost" : "Some Error"; }

int nvmlDeviceGetCount_v2(unsigned int *count) {
  MAY_FAIL();
  search_t search = {"gpu", -1, -1, {{0}}, 0};
  each(matches, &search);
  *count = search.count;
  return 0;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, device_t *device) {
  MAY_FAIL();
  line_t line;
  *device = (device_t)((index + 1L) * 1000);
  int code = find(*device, &line);
  return code ? code : line.instance; /* The code that the test wants for this GPU. */
}

int nvmlDeviceGetName(device_t device, char *name, unsigned int length) {
  MAY_FAIL();
  line_t line;
  int code = find(device, &line);
  return code ? code : snprintf(name, length, "%s", line.text) >= (int)length ? INSUFFICIENT_SIZE : 0;
}

int nvmlDeviceGetUUID(device_t device, char *uuid, unsigned int length) {
  MAY_FAIL();
  line_t line;
  int code = find(device, &line);
  return code ? code : snprintf(uuid, length, "%s", line.word) >= (int)length ? INSUFFICIENT_SIZE : 0;
}

int nvmlDeviceGetMemoryInfo(device_t device, memory_t *memory) {
  MAY_FAIL();
  line_t line;
  int code = find(device, &line);
  if (code) return code;
  if (line.a == 0) return NOT_SUPPORTED;
  memory->total = line.a;
  memory->free = line.b;
  memory->used = line.a - line.b;
  return 0;
}

int nvmlDeviceGetMigMode(device_t device, unsigned int *current, unsigned int *pending) {
  MAY_FAIL();
  line_t line;
  int code = find(device, &line);
  if (code) return code;
  if (line.mig < 0) return NOT_SUPPORTED;
  *current = *pending = line.mig;
  return 0;
}

int nvmlDeviceGetMaxMigDeviceCount(device_t device, unsigned int *count) { (void)device; MAY_FAIL(); *count = 7; return 0; }

int nvmlDeviceGetMigDeviceHandleByIndex(device_t device, unsigned int index, device_t *mig) {
  MAY_FAIL();
  line_t line;
  *mig = device + 1 + index;
  return find(*mig, &line);
}

int nvmlDeviceGetGpuInstanceId(device_t device, unsigned int *id) {
  MAY_FAIL();
  line_t line;
  int code = find(device, &line);
  *id = line.instance;
  return code;
}

typedef struct { device_t device; const char *list; unsigned int room, count; process_t *infos; int instance; } listing_t;

static int add_process(const line_t *line, void *with) {
  listing_t *listing = with;
  if (strcmp(line->kind, "process") != 0 || line->gpu != GPU_OF(listing->device)) return -1;
  if (strcmp(line->word, listing->list) != 0) return -1;
  if (listing->instance >= 0 && line->instance != listing->instance) return -1;
  if (listing->count < listing->room) {
    unsigned int instance = line->instance; /* -1 becomes 0xFFFFFFFF: none. */
    listing->infos[listing->count] = (process_t){line->index, line->a, instance, instance};
  }
  listing->count++;
  return -1;
}

static int list(device_t device, const char *which, unsigned int *count, process_t *infos) {
  listing_t listing = {device, which, *count, 0, infos, -1};
  line_t line;
  if (MIG_OF(device) >= 0 && find(device, &line) == 0) listing.instance = line.instance;
  each(add_process, &listing);
  *count = listing.count;
  return listing.count > listing.room ? INSUFFICIENT_SIZE : 0;
}

#ifndef OLD_DRIVER
int nvmlDeviceGetComputeRunningProcesses_v3(device_t d, unsigned int *count, process_t *infos) { MAY_FAIL(); return list(d, "C", count, infos); }
#endif
int nvmlDeviceGetGraphicsRunningProcesses_v3(device_t d, unsigned int *count, process_t *infos) { MAY_FAIL(); return list(d, "G", count, infos); }
int nvmlDeviceGetMPSComputeRunningProcesses_v3(device_t d, unsigned int *count, process_t *infos) { MAY_FAIL(); return list(d, "M", count, infos); }
