import { ReadCounter } from './counts.ts';
import { Languages } from './languages.ts';
import { Tally } from './tally.ts';

/** What is kept over a whole file while its activities are read one by one. */
export class FileReading {
	readonly counter = new ReadCounter();
	readonly tally = new Tally();
	readonly languages = new Languages();
}
