// Runs the main loop and the parser of cron on a clock that jumps whenever the daemon sleeps.
//
// It is linked with the unmodified objects of Debian's cron, or of cronie: its parser and main loop. It stands for what surrounds them: time(), sleep(), the walk through the folders
// (each crontab comes from standard input, and goes through load_user) and do_command (each start
// is printed). See README.md for how to build it.
//
// Standard input has any number of cases. A case is a line "CASE ZONE BEGIN END FILES" (moments in
// seconds since 1970), and for each file a line "SYSTEM SIZE" (SYSTEM is 1 for a file with users)
// and SIZE bytes. For each file of a case a line is printed: "refused", or "ok", the number of its
// entries and the starts, as ENTRY:SECONDS:DUE. Entries count from 0 in the order of the file, seconds
// from BEGIN. DUE is the local time for which cron starts the entry, in minutes since 1970.

#ifdef CRONIE
#include "config.h"
#endif
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef CRONIE
// Its clocks are private.
#define main cron_main
#include "cron.c"
#undef main
#define LOADED int
#define UNCHANGED 0
#define CHANGED 1
#else
#include "cron.h"
#define LOADED void
#define UNCHANGED
#define CHANGED
#endif

int cron_main(int argc, char **argv);

struct file {
	int system;
	size_t size;
	char *text;
	user *owner;
};
struct start {
	entry *what;
	user *owner;
	long at;
	long due;
};

static time_t now, begin, end;
static struct file *files;
static int count, loaded;
static struct start *starts;
static size_t found, room;

// Each entry is put before those that were read earlier.
static long entries(entry *latest)
{
	long number = 0;
	for (entry *e = latest; e; e = e->next)
		number++;
	return number;
}

static void finish(void)
{
	for (int i = 0; i < count; i++) {
		if (!files[i].owner) {
			puts("refused");
			continue;
		}
		printf("ok %ld", entries(files[i].owner->crontab));
		for (size_t j = 0; j < found; j++)
			if (starts[j].owner == files[i].owner)
				printf(" %ld:%ld:%ld", entries(starts[j].what) - 1, starts[j].at,
				       starts[j].due);
		putchar('\n');
	}
	fflush(stdout);
	_exit(0);
}

time_t time(time_t *to)
{
	if (now >= end)
		finish();
	if (to)
		*to = now;
	return now;
}

unsigned int sleep(unsigned int seconds)
{
	now += seconds;
	return 0;
}

LOADED load_database(cron_db *database)
{
	if (loaded++)
		return UNCHANGED;
	struct passwd *root = getpwnam("root");
	for (int i = 0; i < count; i++) {
		char name[64];
		int text = memfd_create("crontab", 0);
		if (write(text, files[i].text, files[i].size) != (ssize_t)files[i].size)
			abort();
		lseek(text, 0, SEEK_SET);
		snprintf(name, sizeof name, files[i].system ? "*system*%d" : "%d", i);
		files[i].owner = load_user(text, files[i].system ? NULL : root, "root", name, name);
		if (files[i].owner)
			link_user(database, files[i].owner);
	}
	return CHANGED;
}

void do_command(entry *what, user *owner)
{
	if (found == room) {
		room = room ? 2 * room : 1024;
		starts = realloc(starts, room * sizeof *starts);
	}
	// While cron catches up with times that were skipped, only lines with stars follow the clock.
	int wild = what->flags & (MIN_STAR | HR_STAR);
	starts[found++] = (struct start){what, owner, now - begin, wild ? timeRunning : virtualTime};
}

// The machine has booted before: no @reboot.
int access(const char *path, int mode)
{
	return 0;
}

// The same choices of ~ and RANDOM_DELAY each time.
void srandom(unsigned int seed) {}

void acquire_daemonlock(int closes) {}

void check_orphans(cron_db *database) {}

void set_cron_uid(void) {}

void set_cron_cwd(void) {}

void check_spool_dir(void) {}

static void play(void)
{
	char *arguments[] = {"cron", "-f", NULL};
	now = begin;
	cron_main(2, arguments);
}

int main(void)
{
	char zone[128];
	while (scanf("CASE %127s %ld %ld %d\n", zone, &begin, &end, &count) == 4) {
		files = calloc(count, sizeof *files);
		for (int i = 0; i < count; i++) {
			if (scanf("%d %zu", &files[i].system, &files[i].size) != 2 || getchar() != '\n')
				return 1;
			files[i].text = malloc(files[i].size + 1);
			if (fread(files[i].text, 1, files[i].size, stdin) != files[i].size)
				return 1;
		}
		if (getchar() != '\n')
			return 1;
		setenv("TZ", zone, 1);
		tzset();
		fflush(stdout);
		if (fork() == 0)
			play();
		int status;
		wait(&status);
		if (status)
			return 1;
	}
	return 0;
}
