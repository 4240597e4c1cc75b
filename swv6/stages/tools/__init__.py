"""Tools in front of a language model: a question that one of them answers never reaches the model."""
