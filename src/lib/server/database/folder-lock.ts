import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process has the folder open. Two would lose each other's writes. */
export class FolderInUseError extends Error {
	override name = 'FolderInUseError';
	/** Where that process answers requests; null when it is no server. */
	serverAddress: string | null;
	constructor(message: string, serverAddress: string | null = null) {
		super(message);
		this.serverAddress = serverAddress;
	}
}

type Holder = { pid: number; started: string; address?: string };

/**
 * Takes the lock of a data folder. PGlite itself lets two processes open one folder, and they lose each other's writes.
 * The folder is there. A lock left by a process that is gone is taken over. Returns a function that gives the lock back.
 * @param address where this process will answer requests, for who finds the folder taken
 * @throws FolderInUseError naming the process that holds it
 */
export function lockFolder(dataDir: string, address?: string): () => void {
	const file = join(dataDir, 'lock');
	const own = `${file}.${process.pid}`;
	const content = JSON.stringify({
		pid: process.pid,
		started: startOf(process.pid),
		address
	} satisfies Holder);
	writeFileSync(own, content, { mode: 0o644 });
	try {
		for (let attempt = 0; attempt < 3; attempt++) {
			if (create(own, file, content)) return () => giveBack(file, content);
			const held = read(file);
			// Gone since: try again.
			if (held === null) continue;
			const holder = parse(held);
			if (holder && isAlive(holder)) {
				throw new FolderInUseError(
					`the data folder ${dataDir} is in use by process ${holder.pid}; stop that process, or set DATA_DIR to another folder`,
					holder.address ?? null
				);
			}
			remove(file, held);
		}
	} finally {
		rmSync(own, { force: true });
	}
	throw new FolderInUseError(`the lock of the data folder ${dataDir} could not be taken; try again`);
}

/** Puts the lock there with its content in one step, so that nobody reads half of it. False when there is one. */
function create(own: string, file: string, content: string): boolean {
	try {
		linkSync(own, file);
		return true;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'EEXIST') return false;
		// A file system without links: an exclusive file is the next best.
		if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
	}
	try {
		writeFileSync(file, content, { mode: 0o644, flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Removes the lock that was read, and not one that another process has taken in the meantime. */
function remove(file: string, held: string): void {
	const aside = `${file}.${process.pid}.stale`;
	try {
		renameSync(file, aside);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
		throw error;
	}
	if (read(aside) !== held) create(aside, file, read(aside) ?? '');
	rmSync(aside, { force: true });
}

function giveBack(file: string, content: string): void {
	if (read(file) === content) rmSync(file, { force: true });
}

function read(file: string): string | null {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}

function parse(held: string): Holder | null {
	try {
		return JSON.parse(held) as Holder;
	} catch {
		return null;
	}
}

function isAlive({ pid, started }: Holder): boolean {
	// A second opener inside this process is as harmful as another process.
	if (pid === process.pid) return startOf(pid) === started;
	try {
		process.kill(pid, 0);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
	}
	return startOf(pid) === started;
}

/** When a process started, where the system tells (Linux): process ids are used again, after a restart at the latest. */
function startOf(pid: number): string {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		// Ended, but its parent has not asked how: it holds nothing any more.
		return fields[0] === 'Z' ? 'ended' : `${boot} ${fields[19]}`;
	} catch {
		return 'unknown';
	}
}
