package io.kandjietl.lake;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Parquet file on its way into the lake. What it holds in memory is bounded by the size of a row group, whatever
 * the number of rows.
 */
final class ParquetFile<T> {

    private static final Logger log = LoggerFactory.getLogger(ParquetFile.class);

    /** What is buffered, mostly as compressed pages, before a row group is written: some 55,000 devices. */
    private static final long ROW_GROUP_BYTES = 4L << 20;

    /** How many rows may come before the buffer's size is looked at again: rows may have kilobytes of extra fields. */
    private static final int MAX_ROWS_BETWEEN_CHECKS = 100;

    /** How many values of a column wait, uncompressed, for their page to end: few live until a young generation is collected. */
    private static final int PAGE_ROWS = 5_000;

    private static final int ZSTD_LEVEL = 3;

    private final PendingFile file;
    private final HashingOutput output;
    private final ParquetWriter<T> writer;
    private long rows;

    ParquetFile(LakeStore store, WriteSupport<T> support, String path) throws IOException {
        this.file = store.create(path);
        this.output = new HashingOutput(file.stream());
        try {
            this.writer = new Builder<>(output, support).build();
        } catch (IOException | RuntimeException e) {
            file.abandon();
            throw e;
        }
    }

    void write(T row) throws IOException {
        writer.write(row);
        rows++;
    }

    /** Writes the footer and publishes. What fails leaves the file to be abandoned. */
    LakeFile seal(String entity, String path, Runnable beforeVisible) throws IOException {
        writer.close();
        LakeFile sealed = new LakeFile(entity, path, rows, output.getPos(), output.hash());
        file.seal(beforeVisible);
        return sealed;
    }

    /** Frees the buffers and removes the file as well as it can. Never throws. */
    void abandon() {
        output.discard();
        try {
            writer.close();
        } catch (IOException | RuntimeException e) {
            log.debug("An abandoned Parquet writer could not be closed", e);
        }
        file.abandon();
    }

    /** The file's format: what DuckDB, Spark, Trino and Arrow all read, and nothing that differs between two runs. */
    private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {

        private final WriteSupport<T> support;

        Builder(HashingOutput output, WriteSupport<T> support) {
            super(new Output(output));
            this.support = support;
            withConf(new Configuration(false));
            withWriterVersion(WriterVersion.PARQUET_1_0);
            withCompressionCodec(CompressionCodecName.ZSTD);
            config(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, Integer.toString(ZSTD_LEVEL));
            withDictionaryEncoding(true);
            withStatisticsEnabled(true);
            withRowGroupSize(ROW_GROUP_BYTES);
            withPageRowCountLimit(PAGE_ROWS);
            withMaxRowCountForPageSizeCheck(MAX_ROWS_BETWEEN_CHECKS);
        }

        @Override
        protected Builder<T> self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // Abstract all the same.
        protected WriteSupport<T> getWriteSupport(Configuration configuration) {
            return support;
        }
    }

    /** The one stream, however Parquet asks for it. */
    private record Output(HashingOutput stream) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return stream;
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return stream;
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
