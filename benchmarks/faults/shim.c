/* Stands between a program and the C library (LD_PRELOAD): counts what it does to the files of one folder, makes the
   n-th call fail, and can log every change so that a power cut at any moment can be played. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NONE, EIO_ONCE, FULL_ONCE, SHORT, KILL, TORN, EIO_FOREVER, FULL_FOREVER };
enum { CREATE = 1, WRITE, TRUNCATE, SYNC, SYNC_FOLDER, UNLINK, RENAME, MARK };
#define FILES 4096

static char folder[PATH_MAX];
static char *names[FILES];
static int kind, log_file = -1;
static long at, done;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_sendfile)(int, int, off_t *, size_t);
static int (*real_truncate)(int, off_t), (*real_fsync)(int), (*real_fdatasync)(int), (*real_close)(int);
static int (*real_open)(const char *, int, ...), (*real_openat)(int, const char *, int, ...);
static int (*real_unlink)(const char *), (*real_rename)(const char *, const char *);

__attribute__((constructor)) static void find(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_sendfile = dlsym(RTLD_NEXT, "sendfile64");
    real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_close = dlsym(RTLD_NEXT, "close");
    real_open = dlsym(RTLD_NEXT, "open64");
    real_openat = dlsym(RTLD_NEXT, "openat64");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
}

/* From now on the files of `where` are watched; `log_path` may be empty. */
void fault_arm(const char *where, int what, long when, const char *log_path) {
    strncpy(folder, where, PATH_MAX - 1);
    kind = what;
    at = when;
    done = 0;
    if (*log_path) log_file = real_open(log_path, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

long fault_calls(void) { return done; }

static int watched(const char *path) { return *folder && path && !strncmp(path, folder, strlen(folder)); }
static const char *name_of(int fd) { return fd >= 0 && fd < FILES ? names[fd] : NULL; }

static void note(int what, const char *path, int64_t offset, int64_t length, const void *data) {
    if (log_file < 0) return;
    int64_t head[4] = {what, (int64_t)strlen(path), offset, length};
    real_write(log_file, head, sizeof head);
    real_write(log_file, path, head[1]);
    if (data) real_write(log_file, data, length);
}

void fault_mark(long number) { note(MARK, "", number, 0, NULL); }

/* 0: go on; -1: fail, errno set; 1: write half of it only; 2: write half, then die. */
static int fate(int is_write) {
    done++;
    if (kind == NONE || done < at) return 0;
    if (done > at && kind != EIO_FOREVER && kind != FULL_FOREVER) return 0;
    if (kind == KILL) kill(getpid(), SIGKILL);
    if (kind == TORN) return 2;
    if (kind == SHORT) return is_write ? 1 : 0;
    if ((kind == FULL_ONCE || kind == FULL_FOREVER) && !is_write) return 0;
    errno = kind == EIO_ONCE || kind == EIO_FOREVER ? EIO : ENOSPC;
    return -1;
}

static void die(void) { kill(getpid(), SIGKILL); }

ssize_t write(int fd, const void *data, size_t length) {
    const char *path = name_of(fd);
    if (!path) return real_write(fd, data, length);
    int what = fate(1);
    if (what < 0) return -1;
    int64_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t wrote = real_write(fd, data, what ? (length + 1) / 2 : length);
    if (what == 2) die();
    if (wrote > 0) note(WRITE, path, offset, wrote, data);
    return wrote;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) {
    const char *path = name_of(fd);
    if (!path) return real_pwrite(fd, data, length, offset);
    int what = fate(1);
    if (what < 0) return -1;
    ssize_t wrote = real_pwrite(fd, data, what ? (length + 1) / 2 : length, offset);
    if (what == 2) die();
    if (wrote > 0) note(WRITE, path, offset, wrote, data);
    return wrote;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

ssize_t sendfile64(int out, int in, off_t *offset, size_t length) {
    if (!name_of(out)) return real_sendfile(out, in, offset, length);
    int what = fate(1);
    if (what < 0) return -1;
    ssize_t wrote = real_sendfile(out, in, offset, what ? (length + 1) / 2 : length);
    if (what == 2) die();
    return wrote;
}

ssize_t sendfile(int out, int in, off_t *offset, size_t length) { return sendfile64(out, in, offset, length); }

int ftruncate64(int fd, off_t length) {
    const char *path = name_of(fd);
    int what = path ? fate(0) : 0;
    if (what < 0) return -1;
    int result = real_truncate(fd, length);
    if (what == 2) die();
    if (path && !result) note(TRUNCATE, path, length, 0, NULL);
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int sync_by(int (*real)(int), int fd) {
    const char *path = name_of(fd);
    int what = path ? fate(0) : 0;
    if (what < 0) return -1;
    int result = real(fd);
    if (what == 2) die();
    struct stat found;
    if (path && !result && !fstat(fd, &found)) note(S_ISDIR(found.st_mode) ? SYNC_FOLDER : SYNC, path, 0, 0, NULL);
    return result;
}

int fsync(int fd) { return sync_by(real_fsync, fd); }
int fdatasync(int fd) { return sync_by(real_fdatasync, fd); }

static int opened(int fd, const char *path, int is_new) {
    if (fd < 0 || fd >= FILES || !watched(path)) return fd;
    free(names[fd]);
    names[fd] = strdup(path);
    if (is_new) note(CREATE, path, 0, 0, NULL);
    return fd;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    int is_new = (flags & O_CREAT) && watched(path) && access(path, F_OK);
    int what = is_new ? fate(1) : 0;
    if (what < 0) return -1;
    int fd = opened(real_open(path, flags, mode), path, is_new);
    if (what == 2) die();
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open64(path, flags, mode);
}

int openat64(int at_folder, const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return watched(path) ? open64(path, flags, mode) : real_openat(at_folder, path, flags, mode);
}

int close(int fd) {
    if (name_of(fd)) {
        free(names[fd]);
        names[fd] = NULL;
    }
    return real_close(fd);
}

int unlink(const char *path) {
    int what = watched(path) ? fate(0) : 0;
    if (what < 0) return -1;
    int result = real_unlink(path);
    if (what == 2) die();
    if (!result && watched(path)) note(UNLINK, path, 0, 0, NULL);
    return result;
}

int rename(const char *from, const char *to) {
    int what = watched(from) ? fate(0) : 0;
    if (what < 0) return -1;
    int result = real_rename(from, to);
    if (what == 2) die();
    if (!result && watched(from)) note(RENAME, from, 0, (int64_t)strlen(to), to);
    return result;
}
