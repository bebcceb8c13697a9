import { extractText, getDocumentProxy } from 'unpdf';

type Node = { role?: string; alt?: string; children?: Node[] };

/** What a PDF says to who cannot see it: its texts by page, and what is told of it. */
export type ReadPdf = {
	/** Text of each page, blanks of every kind as one. */
	pages: string[];
	title: string;
	language: string;
	tagged: boolean;
	/** Whether it claims the standard for accessible PDF. */
	accessible: boolean;
	created: string;
	attachments: Record<string, string>;
	/** Words of its pictures, and how often each kind of element stands in its structure. */
	alternatives: string[];
	roles: Record<string, number>;
};

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
	const pdf = await getDocumentProxy(Uint8Array.from(bytes));
	const [{ text }, { info, metadata }, marks, attached] = await Promise.all([
		extractText(pdf),
		pdf.getMetadata(),
		pdf.getMarkInfo(),
		pdf.getAttachments()
	]);
	const attachments: Record<string, string> = {};
	for (const name of (attached as Map<string, unknown> | null)?.keys() ?? [])
		attachments[name] = new TextDecoder().decode((await pdf.getAttachmentContent(name)) as Uint8Array);
	const trees = await Promise.all(
		Array.from({ length: pdf.numPages }, async (_, index) => (await pdf.getPage(index + 1)).getStructTree())
	);
	const nodes = trees.flatMap((tree) => flatten(tree as Node | null));
	const roles: Record<string, number> = {};
	for (const { role } of nodes) if (role) roles[role] = (roles[role] ?? 0) + 1;
	const told = info as { Title: string; Language: string; CreationDate: string };
	return {
		pages: text.map(squeeze),
		title: told.Title,
		language: told.Language,
		tagged: marks?.Marked ?? false,
		accessible: /pdfuaid:part>1</.test(metadata?.getRaw() ?? ''),
		created: told.CreationDate,
		attachments,
		alternatives: nodes.flatMap(({ alt }) => alt ?? []),
		roles
	};
}

/** Text as a reader compares it: every blank is one space. */
export const squeeze = (text: string): string => text.replace(/\s+/gu, ' ').trim();

function flatten(node: Node | null): Node[] {
	return node === null ? [] : [node, ...(node.children ?? []).flatMap(flatten)];
}
