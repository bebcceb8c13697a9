import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/openapi-3-1';
import { answerApi } from '#lib/server/api/answer.ts';
import { openApi } from '#lib/server/api/openapi.ts';

export const API_ORIGIN = 'https://portfolio.example.org';

/** Asks an address under `/api/v1` of the process's runtime, as the route does. */
export async function askApi(
	address: string,
	{ method = 'GET', headers = {}, visitor = '127.0.0.1' }: AskedAs = {}
): Promise<Response> {
	const url = new URL(address, API_ORIGIN);
	const name = url.pathname.replace(/^\/api\/v1\/?/, '');
	return answerApi(
		{
			url,
			request: new Request(url, { method, headers }),
			getClientAddress: () => visitor,
			route: { id: '/api/v1/[...name]' },
			locals: { requestId: 'test' }
		},
		name
	);
}
type AskedAs = { method?: string; headers?: Record<string, string>; visitor?: string };

/** Whether an answer is what the OpenAPI document says of it: a component's name and a value to a verdict. */
export async function againstDocument(): Promise<{
	fits: (component: string, answer: unknown) => Promise<boolean>;
	close: () => void;
}> {
	const uri = 'https://example.org/openapi';
	const document = openApi({ origin: API_ORIGIN, demonstration: true });
	registerSchema(document as never, uri, 'https://spec.openapis.org/oas/3.1/schema-base');
	const validators = new Map<string, Awaited<ReturnType<typeof compile>>>();
	const compile = (component: string) => validate(`${uri}#/components/schemas/${component}`);
	return {
		fits: async (component, answer) => {
			const known = validators.get(component) ?? (await compile(component));
			validators.set(component, known);
			return known(answer as never).valid;
		},
		close: () => unregisterSchema(uri)
	};
}
