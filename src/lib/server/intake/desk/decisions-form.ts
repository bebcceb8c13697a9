import type { Decisions } from '../preview.ts';

/**
 * What a person decided on the preview's form. A proposal is a check box `proposal` named by its key, with a hidden
 * `proposed` beside it; an unclear change is a field `pair:<change number>` that holds an entry's number or `new`.
 */
export function readDecisions(form: FormData): Decisions {
	const texts = (name: string) => form.getAll(name).map(String);
	const accepted = texts('proposal');
	const pairs: Decisions['pairs'] = {};
	for (const [name, value] of form) {
		const number = /^pair:(\d+)$/.exec(name)?.[1];
		if (number !== undefined && value !== '') pairs[number] = value === 'new' ? null : String(value);
	}
	return {
		explanation: String(form.get('explanation') ?? '').trim(),
		complete: form.get('complete') === 'yes',
		accepted,
		refused: texts('proposed').filter((key) => !accepted.includes(key)),
		pairs
	};
}
