import { createHash } from 'node:crypto';
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
	const content = JSON.stringify({
		pid: process.pid,
		started: startOf(process.pid),
		address
	} satisfies Holder);
	const holder = take(file, content);
	if (holder === null) return () => giveBack(file, content);
	throw new FolderInUseError(
		`the data folder ${dataDir} is in use by process ${holder.pid}; stop that process, or set DATA_DIR to another folder`,
		holder.address ?? null
	);
}

const ATTEMPTS = 400;
const PAUSE_MILLISECONDS = 5;

/**
 * Takes a lock; null when it is ours, else who holds it. One whose holder is gone is replaced in one step, by whoever holds
 * a second lock named after what stands in it: between looking and replacing nobody else can have taken it.
 */
function take(file: string, content: string): Holder | null {
	const own = `${file}.${process.pid}`;
	try {
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			writeFileSync(own, content, { mode: 0o644 });
			if (create(own, file, content)) return null;
			const held = read(file);
			// Gone since: try again.
			if (held === null) continue;
			const holder = parse(held);
			if (holder && isAlive(holder)) return holder;
			const right = `${file}.${createHash('sha256').update(held).digest('hex').slice(0, 16)}`;
			if (take(right, content) !== null) {
				pause();
				continue;
			}
			try {
				if (read(file) !== held) continue;
				renameSync(own, file);
				return null;
			} finally {
				giveBack(right, content);
			}
		}
	} finally {
		rmSync(own, { force: true });
	}
	throw new FolderInUseError(`the lock ${file} could not be taken; try again`);
}

function pause(): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS);
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
