import type { Question } from '#lib/server/answer.ts';
import { describeAnswers } from '#lib/server/api/describe.ts';
import { API_PATH } from '#lib/server/api/endpoint.ts';
import { ENDPOINTS } from '#lib/server/api/endpoints.ts';
import { examplesOf, parametersOf, REFUSALS_BY_STATUS } from '#lib/server/api/openapi.ts';
import { describeParameter } from '#lib/slice/codec.ts';
import { parameterMeaning } from '#lib/words/api-parameter.ts';
import { refuseRestrictions } from './restrictions.ts';

/** The interface for programs on one page: made from what its OpenAPI document is made of. */
export function readApi(question: Question<never>) {
	refuseRestrictions(question);
	const described = new Map(describeAnswers().map((answer) => [answer.name, answer.lines]));
	const { apiRequestsPerMinute, exportMaxRows, origin } = question.runtime.configuration;
	return Promise.resolve({
		origin,
		limit: apiRequestsPerMinute,
		mostRows: exportMaxRows,
		document: `${API_PATH}/openapi.json`,
		head: described.get('answer')!,
		errors: REFUSALS_BY_STATUS.map(({ status, meaning }) => ({ status, meaning: meaning() })),
		endpoints: ENDPOINTS.map((endpoint) => ({
			name: endpoint.name,
			address: `${API_PATH}/${endpoint.name}`,
			summary: endpoint.summary(),
			parameters: parametersOf(endpoint).map((name) => ({
				name,
				meaning: parameterMeaning(name),
				required: endpoint.required === name,
				...describeParameter(name)
			})),
			examples: examplesOf(endpoint, question.demonstration),
			fields: described.get(endpoint.name)!
		}))
	});
}
