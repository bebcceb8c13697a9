import { getRuntime } from '#lib/server/runtime.ts';
import type { Refusal, Taken } from '../desk.ts';
import { refuse } from './refusals.ts';
import { nameOf } from './upload.ts';

/** Where a person goes on with a file that was handed in. The page says of an identical one that it was here before. */
export function addressOfTaken(taken: Exclude<Taken, { outcome: 'refused' }>): string {
	const file = `/sources/${taken.sha256}`;
	if (taken.outcome === 'stored') return taken.reason === 'mapping-needed' ? `${file}/mapping` : file;
	return `${file}?import=${taken.importId}${taken.outcome === 'identical' ? '#identical' : ''}`;
}

/** Takes in the file of an upload form that was sent without a script. Answers where to go on, or why not. */
export async function takeForm(form: FormData): Promise<{ address: string } | Refusal> {
	const file = form.get('file');
	if (!(file instanceof File) || file.name === '') {
		return refuse('no-file', 'No file was chosen. Choose one and send the form again.');
	}
	const desk = getRuntime().intake;
	if (!desk) return refuse('no-desk', 'This server takes no files in.');
	const taken = await desk.take({
		name: nameOf(file.name),
		mediaType: file.type || 'application/octet-stream',
		bytes: file.stream(),
		receivedBy: 'upload',
		released: false
	});
	return taken.outcome === 'refused' ? taken.refusal : { address: addressOfTaken(taken) };
}
