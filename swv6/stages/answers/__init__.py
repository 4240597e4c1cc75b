"""What is true of every language model's answer: nothing hidden is spoken, it ends, it is not empty."""
