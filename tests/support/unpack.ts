import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** The files of a ZIP archive by name, read from its directory by code that knows nothing of its writer. */
export function readArchive(bytes: Buffer): Map<string, Buffer> {
	const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
	const files = new Map<string, Buffer>();
	let at = bytes.readUInt32LE(end + 16);
	for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
		const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
		const [nameLength, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
			number,
			number,
			number
		];
		const local = bytes.readUInt32LE(at + 42);
		const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
		const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
		const content = inflateRawSync(bytes.subarray(start, start + packed));
		if (content.length !== size) throw new Error(`${name} has ${content.length} bytes and says ${size}`);
		files.set(name, content);
		at += 46 + nameLength + extra + comment;
	}
	return files;
}

/** Puts files into an empty folder of their own, which goes with the test. Its path. */
export function putIntoFolder(files: ReadonlyMap<string, Buffer | string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'dashboard-pack-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of files) writeFileSync(join(folder, name), content);
	return folder;
}

/** Runs the script of an unpacked audit pack with nothing but Node, in an environment that is empty. */
export async function runVerify(folder: string): Promise<{ code: number; lines: string[] }> {
	const child = spawn(process.execPath, [join(folder, 'verify.mjs')], { cwd: folder, env: {} });
	let text = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
	const [code] = (await once(child, 'close')) as [number];
	return { code, lines: text.split('\n') };
}
