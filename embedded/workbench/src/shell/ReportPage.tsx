import * as React from 'react';

/** The page Report. */
export default function ReportPage() {
  return <h1>Report</h1>;
}
