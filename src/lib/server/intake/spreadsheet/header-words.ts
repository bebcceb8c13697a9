import type { Field } from './mapping.ts';

const phrases = (text: string) => text.split(',').map((phrase) => phrase.trim());

/**
 * The words that partners head their columns with, folded, in English, French, Spanish and Portuguese. A heading that is
 * one of the phrases is certain, one that holds it as whole words is likely. What comes first wins where two fit equally.
 */
export const HEADER_WORDS: Record<Field, readonly string[]> = {
	date: phrases(`
		date, transaction date, posting date, posted, date posted, posting, accounting date, entry date,
		document date, doc date, invoice date, payment date, booking date, gl date, date of transaction,
		date of payment, date comptable, date d operation, date operation, date de transaction,
		date piece, date de paiement, fecha, fecha contable, fecha de pago, fecha de transaccion, data,
		data contabil, data do pagamento, data da transacao, period start, start date, from, month, mois,
		mes, period, periode, accounting period
	`),
	dateTo: phrases(`
		date to, to date, period end, end date, until, date de fin, fecha final, data final
	`),
	valueDate: phrases(`
		value date, date de valeur, fecha valor, fecha de valor, data valor, data de valor, rate date
	`),
	amount: phrases(`
		amount, transaction amount, amount in transaction currency, amount in currency, document amount,
		doc amount, amount in document currency, original amount, net amount, value, expenditure amount,
		total expenditure, expenditure, actual, actuals, cost, total cost, total amount, amount paid,
		local amount, amount in local currency, base amount, amount in base currency, net, total,
		montant, montant total, montant en devise, depenses, depense, monto, importe, gasto, cantidad,
		valor, montante, quantia, despesa, dollar amount, monetary amount
	`),
	debit: phrases(`
		debit, debits, dr, debit amount, amount debit, montant debit, debe, cargo, debito, debitos
	`),
	credit: phrases(`
		credit, credits, cr, credit amount, amount credit, montant credit, haber, abono, credito,
		creditos
	`),
	side: phrases(`
		debit credit, dr cr, d c, dc, debit credit indicator, sens, d h, debe haber, s h, posting side
	`),
	currency: phrases(`
		currency, curr, ccy, cur, currency code, transaction currency, document currency, doc currency,
		iso currency, devise, monnaie, code devise, moneda, divisa, moeda
	`),
	kind: phrases(`
		transaction type, type of transaction, kind, entry type, iati transaction type,
		type de transaction, type d operation, tipo de transaccion, tipo de transacao
	`),
	project: phrases(`
		project, project code, project number, project no, project id, wbs, wbs element, grant,
		grant number, award, award number, projet, code projet, proyecto, codigo de proyecto, projeto,
		codigo do projeto
	`),
	activity: phrases(`
		activity, activity code, activity id, activity number, iati identifier, iati activity identifier,
		output, task, activite, code activite, actividad, codigo de actividad, atividade
	`),
	reference: phrases(`
		reference, ref, reference number, reference no, voucher, voucher no, voucher number, voucher id,
		document number, document no, doc no, document, doc number, journal, journal id, journal number,
		journal no, transaction id, transaction no, transaction number, transaction reference, entry no,
		invoice, invoice number, invoice no, jv, jv no, pv, pv no, piece, no piece, no de piece, n piece,
		numero de piece, numero piece, piece justificative, n de piece, comprobante,
		numero de comprobante, referencia, numero de documento, no documento, no de documento,
		no de comprobante, n documento,
		comprovante, line no, line number, line id
	`),
	description: phrases(`
		description, transaction description, line description, narrative, narration, text, details,
		detail, item, particulars, memo, remarks, comment, comments, purpose, libelle, designation,
		intitule, objet, concepto, descripcion, detalle, glosa, descricao, historico
	`),
	heading: phrases(`
		heading, budget heading, budget line, budget line code, budget code, budget category,
		cost category, category, budget item, cost type, expense type, expenditure type, budget class,
		class, sponsored class, commitment item, budget line item, bl, rubrique, rubrique budgetaire,
		ligne budgetaire, poste budgetaire, categorie, partida, partida presupuestaria,
		linea presupuestaria, rubro, categoria, rubrica, linha orcamental, rubrica orcamentaria, account,
		account code, account no, account number, gl account, g l account, account name,
		account description, compte, n compte, numero de compte, cuenta, cuenta contable, conta,
		conta contabil
	`),
	country: phrases(`
		country, country code, recipient country, beneficiary country, country of expenditure,
		iso country, location, country name, pays, code pays, pays beneficiaire, pais, codigo de pais
	`),
	sector: phrases(`
		sector, sector code, dac sector, dac code, crs code, purpose code, secteur, code secteur,
		codigo de sector, setor
	`),
	objective: phrases(`
		objective, specific objective, outcome, result, component, objectif, composante, resultat,
		objetivo, componente, resultado
	`),
	agreement: phrases(`
		agreement, contract, agreement number, contract number, contract no, grant agreement, convention,
		contrat, convenio, contrato, acordo
	`),
	provider: phrases(`
		donor, donor code, donor name, funder, provider, provider organisation, funding source,
		source of funds, fund, fund code, bailleur, bailleur de fonds, donante, financiador, fuente,
		doador, fonte
	`),
	receiver: phrases(`
		receiver, receiver organisation, receiving organisation, implementing partner, partner,
		partner organisation, recipient organisation, grantee, partenaire, socio, parceiro
	`),
	providerActivity: phrases(`
		provider activity, provider activity id, donor project, donor reference
	`),
	receiverActivity: phrases(`
		receiver activity, receiver activity id, partner project
	`)
};

/**
 * Headings of columns that may hold a person: they are masked until someone says that they hold organisations only.
 * A heading is one of these when it holds the phrase as whole words.
 */
export const PERSON_WORDS: readonly string[] = phrases(`
	vendor, supplier, payee, paid to, pay to, beneficiary, beneficiary name, name, full name, first name,
	last name, surname, staff, staff member, employee, consultant, traveller, traveler, contact, person,
	participant, email, e mail, phone, telephone, mobile, user, user id, created by, entered by,
	posted by, prepared by, approved by, approver, requester, requested by, initiator, iban,
	bank account, passport, id number, national id, address, fournisseur, beneficiaire, paye a, nom,
	prenom, tiers, employe, saisi par, cree par, approuve par, adresse, courriel, proveedor,
	beneficiario, pagado a, nombre, apellido, empleado, creado por, aprobado por, correo, telefono,
	fornecedor, favorecido, pago a, nome, funcionario, criado por, aprovado por, telefone
`);

/** Words that make a person's word name something else: an account's or a project's name is no person's. */
export const THING_WORDS: readonly string[] = phrases(`
	account, project, activity, country, donor, fund, sector, budget, category, cost, grant,
	organisation, organization, compte, projet, activite, pays, bailleur, cuenta, proyecto, actividad,
	pais, conta, projeto, file, sheet, line, currency, document
`);

/** First words of rows that state a total, folded. */
export const TOTAL_WORDS =
	/^(grand|sub|sous|general|overall|column|report|project|cumulative|montant|somme|suma|soma)?[ -]*(totals?|totaux|totales|totais|sums?|somme|suma|soma|sous total|subtotal)\b/;

/** Rows that carry a balance over, folded: neither a movement nor a total of the rows. */
export const BALANCE_WORDS =
	/^((opening|closing|beginning|ending|previous|prior|final) balance|balance (brought|carried) (forward|down)|brought forward|carried forward|b\/?f|c\/?f|(solde|report) (initial|final|a nouveau|anterieur)|report a nouveau|a reporter|saldo (inicial|final|anterior))\b/;
