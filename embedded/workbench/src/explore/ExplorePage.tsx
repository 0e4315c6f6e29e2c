import * as React from 'react';

/** The page Explore. */
export default function ExplorePage() {
  return <h1>Explore</h1>;
}
