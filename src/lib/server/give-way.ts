/*
 * Pages and downloads share one thread. A page is waited for by a person, a download by a program: so downloads make their
 * pieces one after the other, and each lets the pages go first that are being answered.
 */

/** For how long a download waits for pages before it goes on all the same. */
const MOST_PATIENCE_MILLISECONDS = 50;
/** After how long the next download need not wait for the one before: it may be waiting for the database itself. */
const LONGEST_TURN_MILLISECONDS = 250;

/** How long it must have been quiet after the last page: who asks for one asks for the next at once. */
const QUIET_MILLISECONDS = 20;

let answering = 0;
let isQuiet = true;
let quietening: ReturnType<typeof setTimeout> | undefined;
const noneLeft: (() => void)[] = [];
/** Ends with the turn of the download that is at work; null when none is. */
let lastTurn: Promise<void> | null = null;

/** Answers a request, before which downloads make nothing more. */
export async function answerFirst<T>(answer: () => T | Promise<T>): Promise<T> {
	answering += 1;
	isQuiet = false;
	clearTimeout(quietening);
	try {
		return await answer();
	} finally {
		answering -= 1;
		if (answering === 0) quietening = setTimeout(goOn, QUIET_MILLISECONDS).unref();
	}
}

function goOn(): void {
	isQuiet = true;
	for (const go of noneLeft.splice(0)) go();
}

/** Makes the next piece of a download when its turn has come. */
export async function inTurn<T>(make: () => Promise<T>): Promise<T> {
	const before = lastTurn;
	let end = () => {};
	const turn = new Promise<void>((resolve) => (end = resolve));
	lastTurn = turn;
	try {
		if (before) await within(LONGEST_TURN_MILLISECONDS, before);
		if (!isQuiet) {
			const free = new Promise<void>((resolve) => noneLeft.push(resolve));
			await within(MOST_PATIENCE_MILLISECONDS, free);
		}
		return await make();
	} finally {
		if (lastTurn === turn) lastTurn = null;
		end();
	}
}

/** Waits for something, but no longer than so. */
async function within(milliseconds: number, something: Promise<void>): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
	await Promise.race([something, enough]);
	clearTimeout(timer);
}
