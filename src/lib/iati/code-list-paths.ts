/**
 * Which list holds for which attribute or text of a file: the mapping table that comes with the lists of version 2.03
 * (IATI Standard, CC BY 4.0, iatistandard.org; see NOTICE). A line is a list, in brackets the `@vocabulary` that it
 * needs (a question mark: also where none is stated), and its paths, below `iati-activity` unless they begin with a
 * slash.
 */
export const APPLIES_TO = `
ActivityDateType: activity-date/@type
ActivityScope: activity-scope/@code
ActivityStatus: activity-status/@code
AidType[1?]: default-aid-type/@code transaction/aid-type/@code
AidTypeVocabulary: default-aid-type/@vocabulary transaction/aid-type/@vocabulary
BudgetIdentifierVocabulary: country-budget-items/@vocabulary
BudgetNotProvided: @budget-not-provided
BudgetStatus: budget/@status /iati-organisation/recipient-country-budget/@status
	/iati-organisation/recipient-org-budget/@status /iati-organisation/recipient-region-budget/@status
	/iati-organisation/total-budget/@status
BudgetType: budget/@type planned-disbursement/@type
CashandVoucherModalities[4]: default-aid-type/@code transaction/aid-type/@code
CollaborationType: collaboration-type/@code
ConditionType: conditions/condition/@type
ContactType: contact-info/@type
Country: recipient-country/@code transaction/recipient-country/@code
	/iati-organisation/document-link/recipient-country/@code
	/iati-organisation/recipient-country-budget/recipient-country/@code
Country[A4]: location/administrative/@code
CRSAddOtherFlags: crs-add/other-flags/@code
CRSChannelCode: crs-add/channel-code/text() participating-org/@crs-channel-code
Currency: @default-currency budget/value/@currency crs-add/loan-status/@currency fss/forecast/@currency
	planned-disbursement/value/@currency transaction/value/@currency /iati-organisation/@default-currency
	/iati-organisation/recipient-country-budget/budget-line/value/@currency
	/iati-organisation/recipient-country-budget/value/@currency
	/iati-organisation/recipient-org-budget/value/@currency
	/iati-organisation/recipient-org-budget/budget-line/value/@currency
	/iati-organisation/recipient-region-budget/budget-line/value/@currency
	/iati-organisation/recipient-region-budget/value/@currency
	/iati-organisation/total-budget/value/@currency
DescriptionType: description/@type
DisbursementChannel: transaction/disbursement-channel/@code
DocumentCategory: document-link/category/@code result/document-link/category/@code
	result/indicator/baseline/document-link/category/@code result/indicator/document-link/category/@code
	result/indicator/period/actual/document-link/category/@code
	result/indicator/period/target/document-link/category/@code
	/iati-organisation/document-link/category/@code
EarmarkingCategory[2]: default-aid-type/@code transaction/aid-type/@code
FileFormat: document-link/@format result/document-link/@format
	result/indicator/baseline/document-link/@format result/indicator/document-link/@format
	result/indicator/period/actual/document-link/@format result/indicator/period/target/document-link/@format
	/iati-organisation/document-link/@format
FinanceType: default-finance-type/@code transaction/finance-type/@code
FlowType: default-flow-type/@code transaction/flow-type/@code
GeographicExactness: location/exactness/@code
GeographicLocationClass: location/location-class/@code
GeographicLocationReach: location/location-reach/@code
GeographicVocabulary: location/administrative/@vocabulary location/location-id/@vocabulary
HumanitarianScopeType: humanitarian-scope/@type
HumanitarianScopeVocabulary: humanitarian-scope/@vocabulary
IndicatorMeasure: result/indicator/@measure
IndicatorVocabulary: result/indicator/reference/@vocabulary
Language: document-link/language/@code result/document-link/language/@code
	result/indicator/baseline/document-link/language/@code result/indicator/document-link/language/@code
	result/indicator/period/actual/document-link/language/@code
	result/indicator/period/target/document-link/language/@code @xml:lang
	/iati-organisation/document-link/language/@code
LoanRepaymentPeriod: crs-add/loan-terms/repayment-plan/@code
LoanRepaymentType: crs-add/loan-terms/repayment-type/@code
LocationType: location/feature-designation/@code
OrganisationRole: participating-org/@role
OrganisationType: participating-org/@type planned-disbursement/provider-org/@type
	planned-disbursement/receiver-org/@type reporting-org/@type transaction/provider-org/@type
	transaction/receiver-org/@type /iati-organisation/reporting-org/@type
OtherIdentifierType: other-identifier/@type
PolicyMarker[1?]: policy-marker/@code
PolicyMarkerVocabulary: policy-marker/@vocabulary
PolicySignificance: policy-marker/@significance
Region[1?]: recipient-region/@code transaction/recipient-region/@code
	/iati-organisation/recipient-region-budget/recipient-region/@code
RegionVocabulary: recipient-region/@vocabulary transaction/recipient-region/@vocabulary
	/iati-organisation/recipient-region-budget/recipient-region/@vocabulary
RelatedActivityType: related-activity/@type
ResultType: result/@type
ResultVocabulary: result/reference/@vocabulary
Sector[1?]: sector/@code transaction/sector/@code
SectorCategory[2]: sector/@code transaction/sector/@code
SectorVocabulary: sector/@vocabulary transaction/sector/@vocabulary
TagVocabulary: tag/@vocabulary
TiedStatus: default-tied-status/@code transaction/tied-status/@code
TransactionType: transaction/transaction-type/@code
UNSDG-Goals[2]: tag/@code
UNSDG-Goals[7]: sector/@code transaction/sector/@code
UNSDG-Targets[3]: tag/@code
UNSDG-Targets[8]: sector/@code transaction/sector/@code
Version: /iati-activities/@version /iati-organisations/@version
`;
