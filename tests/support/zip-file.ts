import { crc32, deflateRawSync } from 'node:zlib';

/** One file to pack, and what to get wrong about it. */
export type ZipPart = {
	name: string;
	content: string | Uint8Array;
	/** Already deflated content, with the size it unpacks to; for bombs, which nobody wants to make unpacked first. */
	packed?: { bytes: Uint8Array; size: number; crc: number };
	crc?: number;
	/** Size as the file states it. */
	size?: number;
	flags?: number;
	/** Upper half of the external attributes: a Unix file mode. */
	mode?: number;
	/** Lies where the part of this number lies, instead of having bytes of its own. */
	over?: number;
};

const DEFLATED = 8;

/** A ZIP file written by hand, right unless a part says otherwise. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	const offsets: number[] = [];
	let offset = 0;
	for (const part of parts) {
		const content = Buffer.from(part.content as Uint8Array);
		const packed = part.packed?.bytes ?? deflateRawSync(content);
		const name = Buffer.from(part.name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE((part.flags ?? 0) | 0x800, 2);
		common.writeUInt16LE(DEFLATED, 4);
		common.writeUInt32LE(part.crc ?? part.packed?.crc ?? crc32(content), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(part.size ?? part.packed?.size ?? content.length, 18);
		common.writeUInt16LE(name.length, 22);
		const at = part.over === undefined ? offset : offsets[part.over]!;
		offsets.push(at);
		if (part.over === undefined) {
			const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed]);
			files.push(local);
			offset += local.length;
		}
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(((part.mode ?? 0) << 16) >>> 0, 6);
		rest.writeUInt32LE(at, 10);
		directory.push(Buffer.from('PK\u0001\u0002\u0014\u0003'), common, rest, name);
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\u0005\u0006', 'latin1');
	end.writeUInt16LE(Math.min(parts.length, 0xffff), 8);
	end.writeUInt16LE(Math.min(parts.length, 0xffff), 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...files, central, end]);
}
