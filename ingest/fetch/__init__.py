"""The polite downloader: addresses in, a folder of originals out that ``ingest`` reads."""
