"""What an article is about, where it acts, and whom, which laws and which campaigns it names."""
