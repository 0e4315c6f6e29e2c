/** The statistics of an answer, in the engine's shape. What there is no such part of here is 0. */
import type { Scanned } from '../logql/evaluate-logs.js';

const NO_CACHE = {
  entriesFound: 0,
  entriesRequested: 0,
  entriesStored: 0,
  bytesReceived: 0,
  bytesSent: 0,
  requests: 0,
  downloadTime: 0,
  queryLengthServed: 0,
};

const CACHES = [
  'chunk',
  'index',
  'result',
  'statsResult',
  'volumeResult',
  'seriesResult',
  'labelResult',
  'instantMetricResult',
];

const NO_DATA_OBJECTS = {
  prePredicateDecompressedRows: 0,
  prePredicateDecompressedBytes: 0,
  prePredicateDecompressedStructuredMetadataBytes: 0,
  postPredicateRows: 0,
  postPredicateDecompressedBytes: 0,
  postPredicateStructuredMetadataBytes: 0,
  postFilterRows: 0,
  pagesScanned: 0,
  pagesDownloaded: 0,
  pagesDownloadedBytes: 0,
  pageBatches: 0,
  totalRowsAvailable: 0,
  totalPageDownloadTime: 0,
};

function storeStatistics({ lines, bytes, kept }: Scanned) {
  return {
    totalChunksRef: 0,
    totalChunksDownloaded: 0,
    chunksDownloadTime: 0,
    queryReferencedStructuredMetadata: false,
    queryUsedV2Engine: false,
    chunk: {
      headChunkBytes: bytes,
      headChunkLines: lines,
      decompressedBytes: 0,
      decompressedLines: 0,
      compressedBytes: 0,
      totalDuplicates: 0,
      postFilterLines: kept,
      headChunkStructuredMetadataBytes: 0,
      decompressedStructuredMetadataBytes: 0,
    },
    chunkRefsFetchTime: 0,
    congestionControlLatency: 0,
    pipelineWrapperFilteredLines: 0,
    dataobj: NO_DATA_OBJECTS,
  };
}

export interface Cost {
  readonly scanned: Scanned;
  /** Lines, series or points that are given. */
  readonly returned: number;
  readonly seconds: number;
}

export function statistics({ scanned, returned, seconds }: Cost) {
  const { lines, bytes, kept } = scanned;
  const perSecond = (amount: number) => (seconds > 0 ? Math.floor(amount / seconds) : 0);
  return {
    summary: {
      bytesProcessedPerSecond: perSecond(bytes),
      linesProcessedPerSecond: perSecond(lines),
      totalBytesProcessed: bytes,
      totalLinesProcessed: lines,
      execTime: seconds,
      queueTime: 0,
      subqueries: 0,
      totalEntriesReturned: returned,
      splits: 0,
      shards: 0,
      totalPostFilterLines: kept,
      totalStructuredMetadataBytesProcessed: 0,
    },
    querier: { store: storeStatistics({ lines: 0, bytes: 0, kept: 0 }), querierExecTime: seconds },
    ingester: {
      totalReached: 1,
      totalChunksMatched: 0,
      totalBatches: 0,
      totalLinesSent: 0,
      store: storeStatistics(scanned),
      recvWaitTime: 0,
    },
    cache: Object.fromEntries(CACHES.map((name) => [name, NO_CACHE])),
    index: {
      totalChunks: 0,
      postFilterChunks: 0,
      shardsDuration: 0,
      usedBloomFilters: false,
      totalStreams: 0,
    },
  };
}
