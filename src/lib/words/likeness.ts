/**
 * How like two words are, from 0 to 1: the part of the longer one that need not be changed, counting a letter added, left
 * out, exchanged or two neighbours swapped as one change. Both are folded before.
 */
export function likeness(a: string, b: string): number {
	const longest = Math.max(a.length, b.length);
	return longest === 0 ? 1 : 1 - changesBetween(a, b) / longest;
}

function changesBetween(a: string, b: string): number {
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const isSame = a[i - 1] === b[j - 1];
			let changes = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (isSame ? 0 : 1));
			const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (isSwapped) changes = Math.min(changes, before[j - 2]! + 1);
			next.push(changes);
		}
		[before, row] = [row, next];
	}
	return row[b.length]!;
}
