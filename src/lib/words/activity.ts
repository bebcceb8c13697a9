import { m } from '#lib/paraglide/messages.js';
import { openGlossary } from './glossary.ts';

/** What an activity was: "Workshop", "Study visit". */
export const { label: activityTypeLabel, definition: activityTypeDefinition } = openGlossary({
	assessment: [m.words_activity_type_assessment, m.words_activity_type_assessment_definition],
	awareness: [m.words_activity_type_awareness, m.words_activity_type_awareness_definition],
	briefing: [m.words_activity_type_briefing, m.words_activity_type_briefing_definition],
	campaign: [m.words_activity_type_campaign, m.words_activity_type_campaign_definition],
	conference: [m.words_activity_type_conference, m.words_activity_type_conference_definition],
	consultation: [m.words_activity_type_consultation, m.words_activity_type_consultation_definition],
	coordination_meeting: [
		m.words_activity_type_coordination_meeting,
		m.words_activity_type_coordination_meeting_definition
	],
	course: [m.words_activity_type_course, m.words_activity_type_course_definition],
	equipment: [m.words_activity_type_equipment, m.words_activity_type_equipment_definition],
	event: [m.words_activity_type_event, m.words_activity_type_event_definition],
	exchange: [m.words_activity_type_exchange, m.words_activity_type_exchange_definition],
	expert_meeting: [m.words_activity_type_expert_meeting, m.words_activity_type_expert_meeting_definition],
	forum: [m.words_activity_type_forum, m.words_activity_type_forum_definition],
	grant: [m.words_activity_type_grant, m.words_activity_type_grant_definition],
	launch: [m.words_activity_type_launch, m.words_activity_type_launch_definition],
	meeting: [m.words_activity_type_meeting, m.words_activity_type_meeting_definition],
	outreach: [m.words_activity_type_outreach, m.words_activity_type_outreach_definition],
	publication: [m.words_activity_type_publication, m.words_activity_type_publication_definition],
	round_table: [m.words_activity_type_round_table, m.words_activity_type_round_table_definition],
	seminar: [m.words_activity_type_seminar, m.words_activity_type_seminar_definition],
	side_event: [m.words_activity_type_side_event, m.words_activity_type_side_event_definition],
	staff_meeting: [m.words_activity_type_staff_meeting, m.words_activity_type_staff_meeting_definition],
	steering_committee: [
		m.words_activity_type_steering_committee,
		m.words_activity_type_steering_committee_definition
	],
	study_visit: [m.words_activity_type_study_visit, m.words_activity_type_study_visit_definition],
	technical_meeting: [
		m.words_activity_type_technical_meeting,
		m.words_activity_type_technical_meeting_definition
	],
	training: [m.words_activity_type_training, m.words_activity_type_training_definition],
	training_of_trainers: [
		m.words_activity_type_training_of_trainers,
		m.words_activity_type_training_of_trainers_definition
	],
	training_series: [m.words_activity_type_training_series, m.words_activity_type_training_series_definition],
	workshop: [m.words_activity_type_workshop, m.words_activity_type_workshop_definition],
	workshop_series: [m.words_activity_type_workshop_series, m.words_activity_type_workshop_series_definition]
});

/** IATI's ActivityStatus by number, and the two states that researched facts use. */
export const { label: activityStatusLabel, definition: activityStatusDefinition } = openGlossary({
	1: [m.words_activity_status_1, m.words_activity_status_1_definition],
	2: [m.words_activity_status_2, m.words_activity_status_2_definition],
	3: [m.words_activity_status_3, m.words_activity_status_3_definition],
	4: [m.words_activity_status_4, m.words_activity_status_4_definition],
	5: [m.words_activity_status_5, m.words_activity_status_5_definition],
	6: [m.words_activity_status_6, m.words_activity_status_6_definition],
	completed: [m.words_activity_status_completed, m.words_activity_status_completed_definition],
	ongoing: [m.words_activity_status_ongoing, m.words_activity_status_ongoing_definition]
});

/** How finely a date is known. */
export const { label: precisionLabel, definition: precisionDefinition } = openGlossary({
	day: [m.words_precision_day, m.words_precision_day_definition],
	page_date: [m.words_precision_page_date, m.words_precision_page_date_definition],
	month: [m.words_precision_month, m.words_precision_month_definition],
	quarter: [m.words_precision_quarter, m.words_precision_quarter_definition],
	year: [m.words_precision_year, m.words_precision_year_definition],
	period: [m.words_precision_period, m.words_precision_period_definition],
	unknown: [m.words_precision_unknown, m.words_precision_unknown_definition]
});

/** Whether a number of people is exact, a lower bound or round. */
export const { label: qualifierLabel, definition: qualifierDefinition } = openGlossary({
	exact: [m.words_qualifier_exact, m.words_qualifier_exact_definition],
	at_least: [m.words_qualifier_at_least, m.words_qualifier_at_least_definition],
	at_most: [m.words_qualifier_at_most, m.words_qualifier_at_most_definition],
	approximate: [m.words_qualifier_approximate, m.words_qualifier_approximate_definition]
});
