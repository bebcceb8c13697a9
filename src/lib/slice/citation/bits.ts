/** Writes numbers of so many bits one after the other, the highest bit first. */
export class BitWriter {
	readonly #bits: number[] = [];

	get length(): number {
		return this.#bits.length;
	}

	/** @param value a whole number from 0 on that fits `width` bits */
	write(value: number, width: number): this {
		for (let bit = width - 1; bit >= 0; bit--) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
		return this;
	}

	/** A whole number of any size: four bits at a time, each with one that says whether more follow. */
	writeCount(value: number): this {
		const groups = [value % 16];
		for (let rest = Math.floor(value / 16); rest > 0; rest = Math.floor(rest / 16)) groups.unshift(rest % 16);
		for (const [index, group] of groups.entries())
			this.write(index < groups.length - 1 ? 1 : 0, 1).write(group, 4);
		return this;
	}

	/** All bits in symbols of `width`, the last one filled up with zeros. */
	symbols(width: number): number[] {
		const symbols: number[] = [];
		for (let at = 0; at < this.#bits.length; at += width) {
			let symbol = 0;
			for (let bit = 0; bit < width; bit++) symbol = symbol * 2 + (this.#bits[at + bit] ?? 0);
			symbols.push(symbol);
		}
		return symbols;
	}
}

/** There are fewer bits left than were asked for. */
export class BitsExhausted extends Error {
	override name = 'BitsExhausted';
}

/** Reads what {@link BitWriter} wrote. */
export class BitReader {
	readonly #bits: number[];
	#at = 0;

	constructor(symbols: readonly number[], width: number) {
		this.#bits = symbols.flatMap((symbol) =>
			Array.from({ length: width }, (_, index) => Math.floor(symbol / 2 ** (width - 1 - index)) % 2)
		);
	}

	get left(): number {
		return this.#bits.length - this.#at;
	}

	/** @throws BitsExhausted */
	read(width: number): number {
		if (width > this.left) throw new BitsExhausted();
		let value = 0;
		for (let bit = 0; bit < width; bit++) value = value * 2 + this.#bits[this.#at++]!;
		return value;
	}

	/** @throws BitsExhausted */
	readCount(): number {
		let value = 0;
		for (;;) {
			const more = this.read(1) === 1;
			value = value * 16 + this.read(4);
			if (!more) return value;
			if (value > 2 ** 45) throw new BitsExhausted();
		}
	}
}
