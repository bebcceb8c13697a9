import { m } from '#lib/paraglide/messages.js';
import type { NamedFlow, NamedNode } from '#lib/server/page/flow.ts';
import { noneLabel } from '#lib/words/dimension.ts';
import { measureLabel } from '#lib/words/ledger.ts';

/** What a place in a flow is called; an organisation that is not named, by whether money comes from it or goes to it. */
export function nodeName({ id, kind, name }: NamedNode, links: NamedFlow['links']): string {
	switch (kind) {
		case 'organisation':
			if (name !== null) return name;
			if (!links.some(({ to }) => to === id)) return noneLabel('provider');
			return links.some(({ from, to }) => from === id && to !== 'untraced')
				? m.funding_not_stated()
				: noneLabel('receiver');
		case 'country':
			return name ?? noneLabel('country');
		case 'returned':
			return measureLabel('returned');
		case 'untraced':
			return m.funding_untraced();
	}
}

/** How a part left over looks in a picture. */
export function nodeLook({ kind, key }: NamedNode): 'rest' | 'untraced' | undefined {
	if (kind === 'untraced') return 'untraced';
	return kind === 'returned' || (kind === 'country' && key === null) ? 'rest' : undefined;
}
