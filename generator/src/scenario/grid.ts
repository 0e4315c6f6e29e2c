/** When the running system is looked at, in every scenario: a scrape falls on a sample, so that the two can be compared. */
export const SCRAPE_INTERVAL_S = 15;
export const SAMPLE_INTERVAL_S = 5;
